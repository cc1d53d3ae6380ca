import { describe, expect, it } from 'vitest';
import { credits, duration, ether, fileSize, shortHex, usdc } from './format';

describe('shortHex', () => {
  it('keeps both ends and the 0x', () => {
    expect(shortHex(`0x${'ab'.repeat(20)}`)).toBe('0xabab…abab');
    expect(shortHex('bafybeigdyrzt5', 3)).toBe('baf…zt5');
  });
  it('leaves alone what is short already', () => {
    expect(shortHex('0x1234')).toBe('0x1234');
    expect(shortHex('42', 20)).toBe('42');
  });
});

describe('amounts', () => {
  it('are exact, in credits', () => {
    expect(credits('1000')).toBe('1 credit');
    expect(credits('16486')).toBe('16.486 credits');
    expect(credits(-2_000_500n)).toBe('−2,000.5 credits');
  });
  it('never show a payment of something as nothing', () => {
    expect(ether('0')).toBe('0 ETH');
    expect(ether('4000000000000000')).toBe('0.004 ETH');
    expect(ether('1')).toBe('under 0.000001 ETH');
    expect(ether('20000000000000000000')).toBe('20 ETH');
  });
  it('in USDC show every digit', () => {
    expect(usdc('5000000')).toBe('5 USDC');
    expect(usdc('1')).toBe('0.000001 USDC');
    expect(usdc('1234567890')).toBe('1234.56789 USDC');
  });
});

describe('sizes and times', () => {
  it('use the unit that fits', () => {
    expect([840, 1400, 12_300, 185_000].map(duration)).toEqual(['840 ms', '1.4 s', '12 s', '3 min 5 s']);
    expect([512, 20_400, 1_420_000].map(fileSize)).toEqual(['512 B', '20 kB', '1.4 MB']);
  });
});
