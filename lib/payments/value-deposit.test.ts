import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { millicreditsFor, usdcFor, valueDeposit, weiFor } from './value-deposit';

const at = new Date('2026-03-01T12:00:00Z');
const late = new Date(at.getTime() + 1000);
const quote = { asset: 'eth', millicredits: 500_000n, amount: 2_000_000_000_000_000n, expiresAt: at } as const;
const paid = { asset: 'eth', amount: quote.amount, at } as const;
const credits = (millicredits: bigint, ethUsdCents: number | null) => ({ kind: 'credits', millicredits, ethUsdCents });

describe('the rate', () => {
  test('500 credits are five dollars, 0.002 ETH at 2,500 dollars, 5 USDC', () => {
    expect(weiFor(500_000n, 250_000)).toBe(2_000_000_000_000_000n);
    expect(millicreditsFor(2_000_000_000_000_000n, 250_000)).toBe(500_000n);
    expect(usdcFor(500_000n)).toBe(5_000_000n);
  });

  test('rounds up what is asked for and down what is given, so that a quote paid exactly is never short', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 12n), fc.integer({ min: 1, max: 100_000_000 }), (millicredits, cents) => {
        const wei = weiFor(millicredits, cents);
        expect(millicreditsFor(wei, cents)).toBeGreaterThanOrEqual(millicredits);
        expect(millicreditsFor(wei - 1n, cents)).toBeLessThan(millicredits);
      }),
      { seed: 20261123 },
    );
  });
});

describe('the value of a payment in ETH', () => {
  test('is what the quote promised for its amount, until its last second', () => {
    expect(valueDeposit(paid, quote, 1)).toEqual(credits(500_000n, null));
  });

  test('is the rate of the day when it was mined too late, is of another amount, or nothing was quoted', () => {
    expect(valueDeposit({ ...paid, at: late }, quote, 125_000)).toEqual(credits(250_000n, 125_000));
    expect(valueDeposit({ ...paid, amount: quote.amount + 1n }, quote, 125_000)).toEqual(credits(250_000n, 125_000));
    expect(valueDeposit(paid, null, 125_000)).toEqual(credits(250_000n, 125_000));
  });

  test('waits while the feed cannot be believed, unless a quote promised it', () => {
    expect(valueDeposit(paid, null, null)).toEqual({ kind: 'later' });
    expect(valueDeposit(paid, quote, null)).toEqual(credits(500_000n, null));
  });
});

describe('the value of a payment in tokens', () => {
  test('is par for USDC, rounded down to a millicredit, whatever ETH costs', () => {
    expect(valueDeposit({ asset: 'usdc', amount: 5_000_019n, at }, null, null)).toEqual(credits(500_001n, null));
    expect(valueDeposit({ asset: 'usdc', amount: 9n, at }, null, 1)).toEqual(credits(0n, null));
  });

  test('is par, too, for USDC that came with the memo of a quote in ETH', () => {
    expect(valueDeposit({ asset: 'usdc', amount: quote.amount, at }, { ...quote, amount: 1_000_000n }, 1)).toEqual({
      kind: 'never',
      because: 'too_large',
      ethUsdCents: null,
    });
    expect(valueDeposit({ asset: 'usdc', amount: 1_000_000n, at }, quote, 1)).toEqual(credits(100_000n, null));
  });

  test('is nothing by rule for any other token, and for more than ten million dollars at once', () => {
    expect(valueDeposit({ asset: 'other', amount: 1n, at }, quote, 1)).toEqual({ kind: 'never', because: 'unknown_token' });
    expect(valueDeposit({ asset: 'usdc', amount: 10_000_000_000_000n, at }, null, 1)).toEqual(credits(1_000_000_000_000n, null));
    expect(valueDeposit({ asset: 'usdc', amount: 10_000_000_000_010n, at }, null, 1)).toEqual({
      kind: 'never',
      because: 'too_large',
      ethUsdCents: null,
    });
    expect(valueDeposit({ asset: 'usdc', amount: 2n ** 256n - 1n, at }, null, 1)).toEqual({ kind: 'never', because: 'too_large', ethUsdCents: null });
  });
});
