import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stackColumns, stackRange } from './stack-columns';
import { roundTicks } from './ticks';

test('ticks are round, reach over all values, and hold zero', () => {
  expect(roundTicks(0, 9_700)).toEqual([0, 5_000, 10_000]);
  expect(roundTicks(-30, 170)).toEqual([-50, 0, 50, 100, 150, 200]);
  expect(roundTicks(0, 0.3)).toEqual([0, 0.1, 0.2, 0.3]);
  expect(roundTicks(0, 0)).toEqual([0, 1]);
});

test('ticks span whatever there is, in even steps, and are never many', () => {
  const value = fc.double({ min: -1e9, max: 1e9, noNaN: true }).filter((v) => v === 0 || Math.abs(v) > 1e-3);
  fc.assert(
    fc.property(value, value, (a, b) => {
      const ticks = roundTicks(Math.min(a, b), Math.max(a, b));
      const [first, last] = [ticks[0] ?? Number.NaN, ticks.at(-1) ?? Number.NaN];
      expect(first).toBeLessThanOrEqual(Math.min(a, b, 0));
      expect(last).toBeGreaterThanOrEqual(Math.max(a, b, 0));
      expect(ticks).toContain(0);
      expect(ticks.length).toBeLessThanOrEqual(7);
    }),
  );
});

test('a column stacks upwards from zero, and what was taken back hangs below it', () => {
  const columns = [{ key: 'a', label: 'a', values: [30, 50, -20] }];
  expect(stackRange(columns)).toEqual({ low: -20, high: 80 });
  const { pieces, zeroY } = stackColumns(columns, { low: -20, high: 80 });
  expect(zeroY).toBe(80);
  expect(pieces.map(({ y, height }) => [y, height])).toEqual([
    [50, 30],
    [0, 50],
    [80, 20],
  ]);
});

test('columns share the width and leave the edges alone; nothing is drawn for nothing', () => {
  const columns = [1, 0, 2].map((v, i) => ({ key: String(i), label: '', values: [v] }));
  const { pieces } = stackColumns(columns, { low: 0, high: 2 });
  expect(pieces.map((p) => p.key)).toEqual(['0-0', '2-0']);
  for (const { x, width } of pieces) expect(x > 0 && x + width < 100).toBe(true);
});
