import { expect, test } from 'vitest';
import { replacementFees } from './fees';

const gwei = 1_000_000_000n;

test('a replacement pays at least a tenth more in both fees, which is what nodes ask for', () => {
  const previous = { maxFeeWei: 21n * gwei, priorityFeeWei: gwei };
  const next = replacementFees(previous, { maxFeeWei: 3n * gwei, priorityFeeWei: 1n }, 100n * gwei);
  expect(next?.maxFeeWei).toBeGreaterThanOrEqual((previous.maxFeeWei * 11n) / 10n);
  expect(next?.priorityFeeWei).toBeGreaterThanOrEqual((previous.priorityFeeWei * 11n) / 10n);
});

test('a replacement pays what the chain asks now when that is more', () => {
  const current = { maxFeeWei: 80n * gwei, priorityFeeWei: 3n * gwei };
  expect(replacementFees({ maxFeeWei: 20n * gwei, priorityFeeWei: gwei }, current, 100n * gwei)).toEqual(current);
});

test('there is no replacement above the cap, or while the chain asks more than it', () => {
  const previous = { maxFeeWei: 95n * gwei, priorityFeeWei: gwei };
  expect(replacementFees(previous, { maxFeeWei: gwei, priorityFeeWei: gwei }, 100n * gwei)).toBeNull();
  expect(replacementFees({ maxFeeWei: gwei, priorityFeeWei: 1n }, null, 100n * gwei)).toBeNull();
});
