import { expect, test } from 'vitest';
import { confirmationsAt, finalityAt } from './finality';

test('a fact is seen, then safe at half the depth, then final at the depth', () => {
  expect([0, 1, 2, 3, 4, 5].map((depth) => finalityAt(depth, 4))).toEqual(['seen', 'seen', 'safe', 'safe', 'final', 'final']);
  expect([0, 32, 33, 64, 65].map((depth) => finalityAt(depth, 65))).toEqual(['seen', 'seen', 'safe', 'safe', 'final']);
});

test('with one confirmation needed nothing is safe before it is final', () => {
  expect([0, 1].map((depth) => finalityAt(depth, 1))).toEqual(['seen', 'final']);
});

test('a block above the head has no confirmations', () => {
  expect(confirmationsAt(10n, 12n)).toBe(0);
  expect(confirmationsAt(12n, 10n)).toBe(2);
});
