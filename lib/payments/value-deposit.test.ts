import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { millicreditsFor, valueDeposit, weiFor } from './value-deposit';

const at = new Date('2026-03-01T12:00:00Z');
const quote = { millicredits: 500_000n, amountWei: 2_000_000_000_000_000n, expiresAt: at };

describe('the rate', () => {
  test('500 credits are five dollars, 0.002 ETH at 2,500 dollars', () => {
    expect(weiFor(500_000n, 250_000)).toBe(2_000_000_000_000_000n);
    expect(millicreditsFor(2_000_000_000_000_000n, 250_000)).toBe(500_000n);
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

describe('the value of a payment', () => {
  test('is what the quote promised for its amount, until its last second', () => {
    expect(valueDeposit({ amountWei: quote.amountWei, at }, quote, 1)).toBe(500_000n);
  });

  test('is the rate of the day when it was mined too late', () => {
    expect(valueDeposit({ amountWei: quote.amountWei, at: new Date(at.getTime() + 1000) }, quote, 125_000)).toBe(250_000n);
  });

  test('is the rate of the day when another amount was sent, or nothing was quoted', () => {
    expect(valueDeposit({ amountWei: quote.amountWei + 1n, at }, quote, 125_000)).toBe(250_000n);
    expect(valueDeposit({ amountWei: quote.amountWei, at }, null, 125_000)).toBe(250_000n);
  });
});
