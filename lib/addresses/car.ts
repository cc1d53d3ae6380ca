import { CarWriter } from '@ipld/car';
import type { CID } from 'multiformats/cid';
import type { Block } from '@/lib/protocol/file-dag';

/** A CARv1 of one root, in the order the blocks come, each block once. Nothing but the block on its way is held in memory. */
export async function* carBytes(root: CID, blocks: AsyncIterable<Block> | Iterable<Block>): AsyncGenerator<Uint8Array> {
  const { writer, out } = CarWriter.create([root]);
  const feed = async () => {
    const seen = new Set<string>();
    try {
      for await (const block of blocks) {
        const key = block.cid.toString();
        if (seen.has(key)) continue;
        seen.add(key);
        await writer.put(block);
      }
    } finally {
      await writer.close();
    }
  };
  const fed = feed();
  // Told below, once what was written before it is read.
  fed.catch(() => {});
  yield* out;
  await fed;
}

/** The same as the body of an answer. A block that cannot be had breaks the download off: a CAR that ends well is whole. */
export function carStream(root: CID, blocks: AsyncIterable<Block> | Iterable<Block>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const left = carBytes(root, blocks);
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await left.next();
      if (done) controller.close();
      else controller.enqueue(Uint8Array.from(value));
    },
    cancel: async () => void (await left.return(undefined)),
  });
}
