import { expect, test } from 'vitest';
import { inTurn } from './in-turn';

test('so many at once, the others in the order they came, and nobody beyond those who may wait', async () => {
  const turn = inTurn({ most: 2, waiting: 3 });
  const [begun, ends]: [number[], (() => void)[]] = [[], []];
  const work = (i: number) =>
    new Promise<void>((end) => {
      begun.push(i);
      ends.push(end);
    });
  const calls = Array.from({ length: 6 }, (_, i) => turn(() => work(i)));
  await expect(calls[5]).rejects.toMatchObject({ code: 'rate_limited' });
  expect(begun).toEqual([0, 1]);
  for (let i = 0; i < 5; i++) {
    ends[i]?.();
    await calls[i];
    await Promise.resolve();
  }
  expect(begun).toEqual([0, 1, 2, 3, 4]);
});

test('one that fails gives its place on', async () => {
  const turn = inTurn({ most: 1, waiting: 1 });
  const [bad, good] = [turn(() => Promise.reject(new Error('no'))), turn(async () => 'yes')];
  await expect(bad).rejects.toThrow('no');
  expect([await good, await turn(async () => 'again')]).toEqual(['yes', 'again']);
});
