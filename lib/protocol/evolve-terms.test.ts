import { zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import { decodeEvolveTerms, encodeEvolveTerms, FROZEN, renderEvolveTerms } from './evolve-terms';

const terms = { by: 'holder', rule: `0x${'a1'.repeat(20)}`, until: 2n ** 64n - 1n } as const;

describe('evolve terms', () => {
  it('come back as they were', () => {
    expect(decodeEvolveTerms(encodeEvolveTerms(terms))).toEqual(terms);
    const open = { by: 'anyone', rule: zeroAddress, until: 0n } as const;
    expect(decodeEvolveTerms(encodeEvolveTerms(open))).toEqual(open);
    expect(decodeEvolveTerms(FROZEN)).toBeNull();
  });

  it('are refused with another first byte, another length, or an end that does not fit', () => {
    expect(() => decodeEvolveTerms(`0x03${'00'.repeat(28)}`)).toThrow('start with');
    expect(() => decodeEvolveTerms(`0x01${'00'.repeat(27)}`)).toThrow('29 bytes');
    expect(() => encodeEvolveTerms({ ...terms, until: 2n ** 64n })).toThrow('2^64');
  });

  it('are null in the metadata of a frozen token', () => {
    expect(renderEvolveTerms(FROZEN)).toBe('null');
  });
});
