import { expect, test } from 'vitest';
import { bucketsOf, readUsageSpan } from './usage-span';

const now = Date.parse('2026-12-01T04:30:00Z');

test('a day is looked at by the hour, more by the day, both up to the one that is now', () => {
  expect(readUsageSpan('1', now)).toEqual({ days: 1, bucket: 'hour', from: '2026-11-30T05:00:00.000Z', to: '2026-12-01T05:00:00.000Z' });
  expect(readUsageSpan('30', now)).toMatchObject({ bucket: 'day', from: '2026-11-02T00:00:00.000Z', to: '2026-12-02T00:00:00.000Z' });
  for (const other of [undefined, null, '', '31', '-1', '1e9']) expect(readUsageSpan(other, now).days).toBe(7);
});

test('its hours or days are all there', () => {
  expect(bucketsOf(readUsageSpan('1', now))).toHaveLength(24);
  expect(bucketsOf(readUsageSpan('7', now))).toHaveLength(7);
  expect(bucketsOf(readUsageSpan('7', now)).at(-1)).toBe('2026-12-01T00:00:00.000Z');
});
