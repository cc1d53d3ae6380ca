import { AppError } from './errors';

/** So long a body may be silent at first, and so much of it has to come a second after that: 2 Mbit/s, the line of a phone. */
const GRACE_MS = 10_000;
const BYTES_PER_MS = 250;

/**
 * The bytes of a body, stopped at `maxBytes` whatever its declared length says, and where it does not come on: nobody keeps what it costs to wait by
 * sending nothing. Throws `too_large`, `too_slow`.
 */
export async function readBody(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  if (!body) return Buffer.alloc(0);
  let bytes = 0;
  const begun = performance.now();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await within(begun + GRACE_MS + bytes / BYTES_PER_MS - performance.now(), reader.read());
      if (done) return Buffer.concat(chunks);
      bytes += value.byteLength;
      if (bytes > maxBytes) throw new AppError('too_large', { details: { maxBytes } });
      chunks.push(value);
    }
  } catch (error) {
    // Not waited for: whoever sends nothing may not answer this either.
    reader.cancel().catch(() => undefined);
    throw error;
  }
}

async function within<T>(ms: number, reading: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('too_slow')), Math.max(0, ms));
  });
  try {
    return await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
  }
}
