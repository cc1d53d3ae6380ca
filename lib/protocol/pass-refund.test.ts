import { describe, expect, it } from 'vitest';
import { passRefundDigest } from './pass-refund';

describe('the digest of a pass refund', () => {
  const passes = '0x1a7a9110c0ffee00000000000000000000000001';
  const refund = { token: 100_000_001n, holder: '0x00000000000000000000000000000000c011ec70', deadline: 1_800_000_900n } as const;

  it('is what the contract computes', () => {
    // `testTheDigestEqualsViem` in contracts/test/PassRefund.t.sol holds the contract to the same value.
    expect(passRefundDigest(31337, passes, refund)).toBe('0x4520b89f5c6bb5340d479de477c686e5ad6ac716ce131c8ae4e44a8677ee3652');
  });

  it.each([
    ['chain', passRefundDigest(1, passes, refund)],
    ['contract', passRefundDigest(31337, '0x1a7a9110c0ffee00000000000000000000000002', refund)],
    ['token', passRefundDigest(31337, passes, { ...refund, token: 100_000_002n })],
    ['holder', passRefundDigest(31337, passes, { ...refund, holder: '0x00000000000000000000000000000000c011ec71' })],
    ['deadline', passRefundDigest(31337, passes, { ...refund, deadline: 1_800_000_901n })],
  ])('binds the %s', (_, digest) => {
    expect(digest).not.toBe(passRefundDigest(31337, passes, refund));
  });
});
