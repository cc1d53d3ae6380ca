import fc from 'fast-check';
import { expect, test } from 'vitest';
import { creditPacks } from './packs';
import { creditsFor } from './shares';

test('parts of a payment add up to all of its credits, whatever each was rounded to', () => {
  const parts = fc.array(fc.bigInt(1n, 10_000n), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(parts, fc.bigInt(1n, 10n ** 9n), (amounts, millicredits) => {
      const charged = amounts.reduce((sum, amount) => sum + amount, 0n);
      let before = 0n;
      let sum = 0n;
      for (const amount of amounts) {
        const credits = creditsFor(millicredits, { before, amount, charged });
        expect(credits).toBeGreaterThanOrEqual(0n);
        sum += credits;
        before += amount;
      }
      expect(sum).toBe(millicredits);
    }),
    { seed: 20261124 },
  );
});

test('a larger pack is never the worse deal, in any currency', () => {
  for (const [i, pack] of creditPacks.entries()) {
    const smaller = creditPacks[i - 1];
    if (!smaller) continue;
    for (const currency of ['usd', 'eur', 'gbp', 'jpy'] as const) {
      const perMoney = (one: typeof pack) => (one.credits + one.bonusCredits) / one.prices[currency];
      expect(perMoney(pack)).toBeGreaterThan(perMoney(smaller));
    }
  }
});
