import { readBody } from '@/lib/read-body';

/** The text of a body, stopped at `maxBytes` whatever its declared length says. Throws `too_large`. */
export async function readCapped(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<string> {
  return (await readBody(body, maxBytes)).toString('utf8');
}
