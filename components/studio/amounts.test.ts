import { expect, test } from 'vitest';
import { fromUnits, toUnits } from './amounts';

test('amounts that people type become whole units, and come back as they were', () => {
  expect(['', '0', '5', '4.5', '4,5', '.5', '0.001'].map((text) => toUnits(text, 3))).toEqual(['0', '0', '5000', '4500', '4500', '500', '1']);
  expect(['0', '1', '4500', '5000', '1234567'].map((units) => fromUnits(units, 3))).toEqual(['0', '0.001', '4.5', '5', '1234.567']);
  expect(toUnits('0.002', 18)).toBe('2000000000000000');
});

test('what is no amount, or has more places than there are, is refused', () => {
  for (const text of ['-1', '1e3', 'five', '1.2.3', '0.0001', '1 000']) expect(toUnits(text, 3), text).toBeNull();
});
