import type { Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { BATCH_TYPES, batchDigest, batchTree, dropTokenUri, revealHash } from '@/lib/protocol/batch';
import { sha256Hex } from '@/lib/protocol/hash';
import { collectionDomain, NO_PARENT, type Receipt, receiptDigest } from '@/lib/protocol/receipt';

// A key of nobody: it signs test vectors and nothing else.
const versionKey = privateKeyToAccount(sha256Hex('intaglio test vector: version key'));

const chainId = 31337;
const drop: Hex = '0x1a7a9110c0ffee00000000000000000000000002';
const version = sha256Hex('a manifest');

function receiptAt(position: number): Receipt {
  return {
    ...{ version, seed: BigInt(position), paramsHash: sha256Hex('{}'), promptHash: sha256Hex('salt and prompt'), parent: NO_PARENT },
    content: sha256Hex(`work ${position}`),
  };
}

/** Trees with and without odd nodes, a signed batch and an opening: what contract, server and browser must all arrive at. */
export async function batchVectors() {
  const receipts = Array.from({ length: 13 }, (_, position) => receiptDigest(chainId, drop, receiptAt(position)));
  const trees = [1, 2, 3, 4, 5, 7, 8, 13].map((count) => ({ count, ...batchTree(receipts.slice(0, count)) }));
  const value = { version, ...{ root: batchTree(receipts).root, count: receipts.length } };
  const signature = await versionKey.signTypedData({
    domain: collectionDomain(chainId, drop),
    types: BATCH_TYPES,
    primaryType: 'Batch',
    message: value,
  });
  const [salt, directory] = [sha256Hex('salt'), sha256Hex('a directory')];
  return {
    place: { chainId, drop },
    signer: versionKey.address,
    receipts,
    trees,
    batch: { value, digest: batchDigest(chainId, drop, value), signature },
    reveal: { salt, directory, revealHash: revealHash(salt, directory), uris: [0, 12].map((i) => dropTokenUri(directory, i)) },
  };
}
