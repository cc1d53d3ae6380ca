import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatCredits, shareOf } from './money';

it('shows credits without trailing zeros', () => {
  expect([0n, 1n, 1000n, 1_234_500n, -2_000n, 1_000_000_010n].map(formatCredits)).toEqual(['0', '0.001', '1', '1,234.5', '−2', '1,000,000.01']);
});

it('never shares out more than there is', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.integer({ min: 0, max: 10_000 }), (amount, basisPoints) => {
      const share = shareOf(amount, basisPoints);
      return share >= 0n && share <= amount && share * 10_000n <= amount * BigInt(basisPoints);
    }),
    { seed: 20261123 },
  );
});
