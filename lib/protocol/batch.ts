import { concatHex, encodeAbiParameters, type Hex, hashTypedData, keccak256 } from 'viem';
import { cidText, DAG_PB } from './cid';
import { ProtocolError } from './protocol-error';
import { collectionDomain } from './receipt';

/** All works of a drop, signed once by the version's key in the drop's domain. `count` is a uint32, hashes 0x hex of 32 bytes. */
export type Batch = { version: Hex; root: Hex; count: number };

export const BATCH_TYPES = {
  Batch: [
    { name: 'version', type: 'bytes32' },
    { name: 'root', type: 'bytes32' },
    { name: 'count', type: 'uint32' },
  ],
} as const;

/** The root, and for each position the siblings from the leaf up. */
export type BatchTree = { root: Hex; proofs: Hex[][] };

/** The full EIP-712 digest: what the version's key signs. */
export function batchDigest(chainId: number, drop: Hex, batch: Batch): Hex {
  return hashTypedData({ domain: collectionDomain(chainId, drop), types: BATCH_TYPES, primaryType: 'Batch', message: batch });
}

/** Hashed twice, so that no leaf can be taken for an inner node. */
export function batchLeaf(position: number, receiptDigest: Hex): Hex {
  return keccak256(keccak256(encodeAbiParameters([{ type: 'uint256' }, { type: 'bytes32' }], [BigInt(position), receiptDigest])));
}

/**
 * The tree over a drop's receipt digests (in the drop's domain), in order of position. Pairs are hashed in sorted order, an odd last
 * node goes up as it is. Throws ProtocolError without works.
 */
export function batchTree(receiptDigests: readonly Hex[]): BatchTree {
  if (receiptDigests.length === 0) throw new ProtocolError('a batch has at least one work');
  const proofs: Hex[][] = receiptDigests.map(() => []);
  let level = receiptDigests.map((digest, position) => batchLeaf(position, digest));
  for (let height = 0; level.length > 1; height += 1) {
    for (const [position, proof] of proofs.entries()) {
      const sibling = level[(position >> height) ^ 1];
      if (sibling) proof.push(sibling);
    }
    level = parents(level);
  }
  return { root: level[0] as Hex, proofs };
}

/** True if the work with this receipt is the one at `position`: what the contract's `verifyWork` asks of an existing token. */
export function isInBatch(root: Hex, position: number, receiptDigest: Hex, proof: readonly Hex[]): boolean {
  return proof.reduce(pairHash, batchLeaf(position, receiptDigest)) === root.toLowerCase();
}

/** What is committed before the sale. `salt` is 32 random bytes, `directory` the sha-256 of the directory's dag-pb CID, both 0x hex. */
export function revealHash(salt: Hex, directory: Hex): Hex {
  return keccak256(encodeAbiParameters([{ type: 'bytes32' }, { type: 'bytes32' }], [salt, directory]));
}

/** What the contract answers to `tokenURI` after the reveal. */
export function dropTokenUri(directory: Hex, position: number): string {
  return `ipfs://${cidText({ codec: DAG_PB, digest: directory })}/${position}`;
}

function parents(level: readonly Hex[]): Hex[] {
  const above: Hex[] = [];
  for (let i = 0; i < level.length; i += 2) {
    const [left, right] = [level[i] as Hex, level[i + 1]];
    above.push(right ? pairHash(left, right) : left);
  }
  return above;
}

/** Keeps to lower case, so that the order of the texts is the order of the numbers. */
function pairHash(a: Hex, b: Hex): Hex {
  const [low, high] = [a.toLowerCase() as Hex, b.toLowerCase() as Hex];
  return keccak256(low < high ? concatHex([low, high]) : concatHex([high, low]));
}
