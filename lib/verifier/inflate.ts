/**
 * A zlib stream of exactly `length` bytes, by the platform's own inflater, which checks the checksum. Stops at the first byte too many, so that
 * no stream can make us hold more. Throws where it is damaged, shorter or longer.
 */
export async function inflateTo(parts: readonly Uint8Array[], length: number): Promise<Uint8Array> {
  const out = new Uint8Array(length);
  let at = 0;
  const inflated = new Blob(parts as Uint8Array<ArrayBuffer>[]).stream().pipeThrough(new DecompressionStream('deflate'));
  const reader = inflated.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (at + value.length > length) {
      await reader.cancel();
      throw new Error('there are more pixels than the header says');
    }
    out.set(value, at);
    at += value.length;
  }
  if (at !== length) throw new Error('there are fewer pixels than the header says');
  return out;
}
