import { expect, test } from 'vitest';
import { createTurns } from './turns';

test('as many as may work at a time, in the order they came, also after one that failed', async () => {
  const turns = createTurns(2);
  const [begun, ends]: [number[], (() => void)[]] = [[], []];
  let [now, most] = [0, 0];
  const all = Array.from({ length: 6 }, (_, i) =>
    turns(async () => {
      begun.push(i);
      most = Math.max(most, ++now);
      await new Promise<void>((resolve) => ends.push(resolve));
      now--;
      if (i === 1) throw new Error('failed');
      return i;
    }),
  );
  const settled = Promise.allSettled(all);
  for (let i = 0; i < all.length; i++) {
    await expect.poll(() => ends.length).toBeGreaterThan(i);
    ends[i]?.();
  }
  expect((await settled).map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual([0, 'failed', 2, 3, 4, 5]);
  expect([begun, most]).toEqual([[0, 1, 2, 3, 4, 5], 2]);
});
