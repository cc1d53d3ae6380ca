import { expect, it } from 'vitest';
import { createBatcher } from './batcher';

it('joins what arrives during a call, and answers each caller', async () => {
  const sizes: number[] = [];
  const double = createBatcher(
    async (items: number[]) => {
      sizes.push(items.length);
      await Promise.resolve();
      return items.map((n) => n * 2);
    },
    { maxItems: 4 },
  );
  expect(await Promise.all([1, 2, 3, 4, 5, 6].map(double))).toEqual([2, 4, 6, 8, 10, 12]);
  expect(sizes).toEqual([1, 4, 1]);
});

it('fails the bad item only', async () => {
  const run = createBatcher(
    async (items: number[]) => {
      if (items.includes(3)) throw new Error('three');
      return items;
    },
    { maxItems: 8 },
  );
  const results = await Promise.allSettled([1, 2, 3, 4].map(run));
  expect(results.map((r) => r.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
});

it('sends a second call beside the first once enough wait, and never a third', async () => {
  const running: { items: number[]; end: () => void }[] = [];
  const echo = createBatcher((items: number[]) => new Promise<number[]>((resolve) => running.push({ items, end: () => resolve(items) })), {
    maxItems: 3,
    overlapFrom: 3,
  });
  const answers = Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(echo));
  expect(running.map(({ items }) => items)).toEqual([[1], [2, 3, 4]]);
  running[1]?.end();
  await expect.poll(() => running.length).toBe(3);
  expect(running[2]?.items).toEqual([5, 6, 7]);
  running[0]?.end();
  await expect.poll(() => running.length).toBe(4);
  for (const { end } of running) end();
  expect(await answers).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});
