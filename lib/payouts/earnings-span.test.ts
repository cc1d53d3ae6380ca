import { expect, test } from 'vitest';
import { readSpan } from './earnings-span';

const noon = Date.parse('2026-03-01T12:00:00Z');

test('a span ends today and has as many days as it says', () => {
  expect(readSpan('30', noon)).toEqual({ days: 30, fromDay: '2026-01-31', toDay: '2026-03-01' });
  expect(readSpan('90', noon)).toMatchObject({ days: 90, fromDay: '2025-12-02' });
});

test('what nobody offered is the shortest', () => {
  for (const days of [undefined, '', '31', '1e9', "30'; --"]) expect(readSpan(days, noon).days).toBe(30);
});
