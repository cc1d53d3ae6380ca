import { AppError } from './errors';

/** The bytes of a body, stopped at `maxBytes` whatever its declared length says. Throws `too_large`. */
export async function readBody(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new AppError('too_large', { details: { maxBytes } });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
