import { expect, test } from 'vitest';
import { expiryWords, nextWords, passState, runsWords, span, supplyWords, tierLines } from './pass-words';

const terms = { includedRuns: 100, periodSeconds: 86_400, ratePerMinute: null, earlyAccess: false, models: [] };
const NOW = Date.parse('2026-12-01T00:00:00Z');

test('spans are whole days, hours or minutes', () => {
  expect([86_400, 30 * 86_400, 3_600, 5_400, 30].map(span)).toEqual(['1 day', '30 days', '1 hour', '90 minutes', '1 minute']);
});

test('a tier says what it includes, and nothing that it does not', () => {
  expect(tierLines({ terms, transferable: true, refundWindowSeconds: 0 })).toEqual([
    '100 runs every day, at no charge',
    'For all models of this creator, later ones too',
    'Can be given away or sold; what is left goes with it',
  ]);
  const other = { ...terms, includedRuns: 0, ratePerMinute: 1, earlyAccess: true, models: ['a'] };
  expect(tierLines({ terms: other, transferable: false, refundWindowSeconds: 259_200 })).toEqual([
    'Opens the model; runs are paid with credits',
    'For 1 model of this creator',
    'Up to 1 run a minute',
    'Early access to new models',
    'Can be given back within 3 days if no run was used',
    'Stays with whoever gets it',
  ]);
});

test('what is sold out says so, open or not', () => {
  expect(supplyWords({ left: 0, cap: 10, open: true })).toBe('All 10 are sold');
  expect(supplyWords({ left: 3, cap: 10, open: false })).toBe('3 of 10 left, not for sale right now');
});

test('a pass is good, expired, cancelled or given back', () => {
  const pass = { expiresAt: '2026-12-01T00:00:01.000Z', isRefunded: false };
  expect(passState(pass, NOW)).toBe('good');
  expect(passState(pass, NOW + 1000)).toBe('expired');
  expect(expiryWords({ ...pass, expiresAt: null }, NOW)).toBe('Never expires');
  expect(expiryWords({ ...pass, expiresAt: '1970-01-01T00:00:00.000Z' }, NOW)).toBe('Cancelled');
  expect(expiryWords({ ...pass, isRefunded: true }, NOW)).toBe('Given back');
});

test('runs that are frozen are not said to be left', () => {
  const runs = { used: 3, held: 0, left: 0, total: 10, periodEndsAt: '2026-12-03T14:05:00.000Z', frozen: 'refund' as const };
  expect(runsWords(runs)).toBe('Takes no runs for up to a quarter of an hour: we signed that it can be given back');
  expect(runsWords({ ...runs, left: 7, frozen: null })).toBe('7 of 10 runs left until 3 Dec 2026, 14:05 UTC');
  expect(runsWords({ ...runs, frozen: null })).toContain('open when a few more blocks');
  expect(runsWords({ ...runs, used: 9, held: 1, frozen: null })).toContain('0 of 10 runs left');
});

test('a period after the pass has ended does not begin', () => {
  const ends = (expiresAt: string | null) => nextWords({ expiresAt, tier: { terms } }, { periodEndsAt: '2026-12-31T00:00:00.000Z', frozen: null });
  expect([ends(null), ends('2026-12-31T00:00:01.000Z')]).toEqual(['The next 100 begin then.', 'The next 100 begin then.']);
  expect(ends('2026-12-31T00:00:00.000Z')).toBe('No more unless it is renewed.');
});
