import fc from 'fast-check';
import { expect, test } from 'vitest';
import { payoutAmount } from './payout-amount';

test('ten dollars are 1,000 cents, 10 USDC, and ETH at the rate', () => {
  expect(payoutAmount('connect', 1_000_000n, 250_000)).toBe(1_000n);
  expect(payoutAmount('usdc', 1_000_000n, 250_000)).toBe(10_000_000n);
  expect(payoutAmount('eth', 1_000_000n, 250_000)).toBe(4_000_000_000_000_000n);
});

test('never more ETH than was earned, and less by under one wei’s worth', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 9n), fc.integer({ min: 1, max: 100_000_000 }), (credits, rate) => {
      const wei = payoutAmount('eth', credits * 1000n, rate);
      expect(wei * BigInt(rate)).toBeLessThanOrEqual(credits * 10n ** 18n);
      expect((wei + 1n) * BigInt(rate)).toBeGreaterThan(credits * 10n ** 18n);
    }),
  );
});

test('parts of a credit, nothing, and an ETH price of nothing are refused', () => {
  for (const millicredits of [0n, -1000n, 1_500n]) expect(() => payoutAmount('usdc', millicredits, 1)).toThrow(RangeError);
  expect(() => payoutAmount('eth', 1_000n, 0)).toThrow(RangeError);
});
