import { type Hex, hashTypedData, keccak256, toHex } from 'viem';
import { expect, test } from 'vitest';
import { collectionDomain, RECEIPT_TYPES, type Receipt, receiptDigest } from './receipt';

const hex = (name: string) => keccak256(toHex(name));
const receiptOf = (i: number, seed: bigint): Receipt => {
  const [version, paramsHash, promptHash, content, parent] = ['v', 'a', 'p', 'c', 'r'].map((name) => hex(`${name}${i}`)) as [Hex, Hex, Hex, Hex, Hex];
  return { version, seed, paramsHash, promptHash, content, parent };
};

test('the digest is the one that every EIP-712 library makes', () => {
  const seeds = [0n, 1n, 2n ** 32n, 2n ** 53n + 1n, 2n ** 64n - 1n];
  for (const [i, seed] of seeds.entries()) {
    const [receipt, chainId, collection] = [receiptOf(i, seed), 31_337 + i, hex(`collection ${i % 2}`).slice(0, 42) as Hex];
    const library = hashTypedData({ domain: collectionDomain(chainId, collection), types: RECEIPT_TYPES, primaryType: 'Receipt', message: receipt });
    expect(receiptDigest(chainId, collection, receipt)).toBe(library);
  }
});

test('fields and seeds of another size have no digest', () => {
  const [receipt, collection] = [receiptOf(1, 1n), hex('collection').slice(0, 42) as Hex];
  expect(() => receiptDigest(1, collection, { ...receipt, seed: 2n ** 64n })).toThrow();
  expect(() => receiptDigest(1, collection, { ...receipt, seed: -1n })).toThrow();
  expect(() => receiptDigest(1, collection, { ...receipt, content: '0x1234' })).toThrow(RangeError);
});
