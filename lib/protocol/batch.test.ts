import { readFileSync } from 'node:fs';
import { type Hex, recoverTypedDataAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import { batchVectors } from '@/scripts/lib/batch-vectors';
import { BATCH_TYPES, batchLeaf, batchTree, isInBatch } from './batch';
import { sha256Hex } from './hash';
import { ProtocolError } from './protocol-error';
import { collectionDomain } from './receipt';

const committed = JSON.parse(readFileSync('contracts/test/vectors/batch.json', 'utf8')) as Awaited<ReturnType<typeof batchVectors>>;

const digests = (count: number): Hex[] => Array.from({ length: count }, (_, i) => sha256Hex(`receipt ${count} ${i}`));

/** The other hex digit next to it: the same value but for one bit. */
function flipLastBit(hex: Hex): Hex {
  return `${hex.slice(0, -1)}${(Number.parseInt(hex.slice(-1), 16) ^ 1).toString(16)}` as Hex;
}

describe('the committed batch vectors', () => {
  it('are what this code computes', async () => {
    expect(await batchVectors()).toEqual(committed);
  });

  it('carry a batch that the version key signed for the drop', async () => {
    const { place, batch, signer } = committed;
    const domain = collectionDomain(place.chainId, place.drop);
    const typed = { domain, types: BATCH_TYPES, primaryType: 'Batch', message: batch.value, signature: batch.signature } as const;
    expect(await recoverTypedDataAddress(typed)).toBe(signer);
  });
});

describe('a batch tree', () => {
  it('proves every work at its position and at no other, at every size up to 70', () => {
    for (let count = 1; count <= 70; count += 1) {
      const works = digests(count);
      const { root, proofs } = batchTree(works);
      for (const [position, digest] of works.entries()) {
        const proof = proofs[position] ?? [];
        expect(isInBatch(root, position, digest, proof)).toBe(true);
        expect(isInBatch(root, position + 1, digest, proof)).toBe(false);
        expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(count)));
      }
    }
  });

  it('of one work is its leaf, with an empty proof', () => {
    const [only] = digests(1) as [Hex];
    expect(batchTree([only])).toEqual({ root: batchLeaf(0, only), proofs: [[]] });
  });

  it('refuses a changed receipt, proof or root, and a shorter or longer proof', () => {
    const works = digests(5);
    const { root, proofs } = batchTree(works);
    const [work, proof] = [works[2] as Hex, proofs[2] as Hex[]];
    expect(isInBatch(root, 2, flipLastBit(work), proof)).toBe(false);
    expect(isInBatch(flipLastBit(root), 2, work, proof)).toBe(false);
    for (const i of proof.keys()) expect(isInBatch(root, 2, work, proof.with(i, flipLastBit(proof[i] as Hex)))).toBe(false);
    expect(isInBatch(root, 2, work, proof.slice(1))).toBe(false);
    expect(isInBatch(root, 2, work, [...proof, root])).toBe(false);
  });

  it('does not care about the case of hex digits', () => {
    const works = digests(6);
    const upper = (hex: Hex) => `0x${hex.slice(2).toUpperCase()}` as Hex;
    const { root, proofs } = batchTree(works);
    expect(batchTree(works.map(upper)).root).toBe(root);
    expect(isInBatch(upper(root), 3, upper(works[3] as Hex), (proofs[3] as Hex[]).map(upper))).toBe(true);
  });

  it('needs a work', () => {
    expect(() => batchTree([])).toThrow(ProtocolError);
  });
});
