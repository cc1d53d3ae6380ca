import { expect, it } from 'vitest';
import { rawCid } from '@/lib/protocol/cid';
import type { Block } from '@/lib/protocol/file-dag';
import { carStream } from './car';
import { toCid } from './directory';

const BLOCKS = 1000;
/** A thousand different blocks of 64 KB, made when they are asked for; `made` counts them. */
function source() {
  const seen = { made: 0 };
  async function* blocks(failAt = BLOCKS): AsyncGenerator<Block> {
    for (let at = 0; at < BLOCKS; at++) {
      if (at === failAt) throw new Error('this block is gone');
      const bytes = new Uint8Array(65_536);
      new DataView(bytes.buffer).setUint32(0, at);
      seen.made++;
      yield { cid: toCid(rawCid(bytes)), bytes };
    }
  }
  return { seen, blocks };
}
const root = toCid(rawCid('root'));
const tick = () => new Promise((resolve) => setTimeout(resolve, 20));

it('no more is read than was taken: a slow download holds a few blocks and not the collection', async () => {
  const { seen, blocks } = source();
  const reader = carStream(root, blocks()).getReader();
  let bytes = 0;
  while (bytes < 10 * 65_536) bytes += (await reader.read()).value?.length ?? 0;
  await tick();
  expect(seen.made).toBeLessThan(20);
  await reader.cancel();
  await tick();
  expect(seen.made).toBeLessThan(20);
});

it('a block that cannot be had breaks the download off after those before it', async () => {
  const reader = carStream(root, source().blocks(3)).getReader();
  let bytes = 0;
  const all = async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) bytes += part.value.length;
  };
  await expect(all()).rejects.toThrow('this block is gone');
  expect(bytes).toBeGreaterThan(3 * 65_536);
});
