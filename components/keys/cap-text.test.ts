import { expect, test } from 'vitest';
import { readCap } from './cap-text';

test('a cap is typed in credits, and kept in millicredits without a float between', () => {
  expect(['25', '1,250', '0.5', '0.001', '19.999', '0'].map(readCap)).toEqual(['25000', '1250000', '500', '1', '19999', '0']);
  expect([readCap(''), readCap('  ')]).toEqual([null, null]);
  for (const wrong of ['-1', '1e3', '1.2345', 'ten', '1.', '.5', '12345678901']) expect(readCap(wrong)).toBeUndefined();
});
