const inflating = (packed: Blob) => packed.stream().pipeThrough(new DecompressionStream('deflate')).getReader();

/**
 * A zlib stream of exactly `length` bytes, by the platform's own inflater, which checks the checksum. Stops at the first byte too many, so that
 * no stream can make us hold more. Throws where it is damaged, shorter or longer, or where anything stands after its end.
 */
export async function inflateTo(parts: readonly Uint8Array[], length: number): Promise<Uint8Array> {
  const packed = new Blob(parts as Uint8Array<ArrayBuffer>[]);
  const out = new Uint8Array(length);
  let at = 0;
  const reader = inflating(packed);
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
  if (await isWhole(packed.slice(0, packed.size - 1))) throw new Error('there are bytes after its pixels');
  return out;
}

/**
 * Browsers refuse what comes after a stream's end, and Node 20 passes over it. A stream that ends where its bytes end is not whole without
 * the last one, wherever this runs.
 */
async function isWhole(packed: Blob): Promise<boolean> {
  const reader = inflating(packed);
  try {
    while (!(await reader.read()).done);
    return true;
  } catch {
    return false;
  }
}
