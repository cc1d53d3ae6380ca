import { concat, domainSeparator, type Hex, keccak256, numberToHex, pad, size, toBytes, zeroHash } from 'viem';

/** The signed record of a run. 0x hex of 32 bytes, but for the seed (uint64). */
export type Receipt = { version: Hex; seed: bigint; paramsHash: Hex; promptHash: Hex; content: Hex; parent: Hex };

export const NO_PARENT = zeroHash;

export const RECEIPT_TYPES = {
  Receipt: [
    { name: 'version', type: 'bytes32' },
    { name: 'seed', type: 'uint64' },
    { name: 'paramsHash', type: 'bytes32' },
    { name: 'promptHash', type: 'bytes32' },
    { name: 'content', type: 'bytes32' },
    { name: 'parent', type: 'bytes32' },
  ],
} as const;

/** The EIP-712 domain of receipts and vouchers: one a collection, on one chain. */
export function collectionDomain(chainId: number, collection: Hex) {
  return { name: 'Intaglio', version: '1', chainId, verifyingContract: collection } as const;
}

const TYPE_HASH = keccak256(toBytes(`Receipt(${RECEIPT_TYPES.Receipt.map(({ type, name }) => `${type} ${name}`).join(',')})`));
const MAX_KEPT = 1_000;
const separators = new Map<string, Hex>();
function separatorOf(chainId: number, collection: Hex): Hex {
  const key = `${chainId} ${collection}`;
  const kept = separators.get(key);
  if (kept) return kept;
  const separator = domainSeparator({ domain: collectionDomain(chainId, collection) });
  if (separators.size < MAX_KEPT) separators.set(key, separator);
  return separator;
}

/**
 * The full EIP-712 digest: what the version's key signs and what names the receipt everywhere. Laid out by hand, since it is made for every
 * run and `hashTypedData` takes four times as long; a test holds the two against each other. Throws on a field or seed of another size.
 */
export function receiptDigest(chainId: number, collection: Hex, { version, seed, paramsHash, promptHash, content, parent }: Receipt): Hex {
  const fields = concat([TYPE_HASH, version, pad(numberToHex(seed, { size: 8 })), paramsHash, promptHash, content, parent]);
  if (size(fields) !== 7 * 32) throw new RangeError('every field of a receipt has 32 bytes');
  return keccak256(concat(['0x1901', separatorOf(chainId, collection), keccak256(fields)]));
}
