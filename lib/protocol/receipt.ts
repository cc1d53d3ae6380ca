import { type Hex, hashTypedData, zeroHash } from 'viem';

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

/** The full EIP-712 digest: what the version's key signs and what names the receipt everywhere. */
export function receiptDigest(chainId: number, collection: Hex, receipt: Receipt): Hex {
  return hashTypedData({ domain: collectionDomain(chainId, collection), types: RECEIPT_TYPES, primaryType: 'Receipt', message: receipt });
}
