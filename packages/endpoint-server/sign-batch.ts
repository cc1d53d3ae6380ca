import { setImmediate } from 'node:timers/promises';
import { type Hex, recoverAddress } from 'viem';
import { batchDigest, batchTree } from '../../lib/protocol/batch';
import type { EndpointBatchRequest } from '../../lib/protocol/endpoint-contract';
import { receiptDigest } from '../../lib/protocol/receipt';
import { Problem } from './problem';
import { checkServed } from './read-run';
import type { Settings } from './settings';
import type { VersionSigner } from './version-key';

/**
 * Signs a drop: every receipt of it must be one that this key has signed for the drop, of the version, and the root that of these receipts
 * in this order. So a batch says nothing that the runs did not. Throws Problem.
 */
export async function signBatch(request: EndpointBatchRequest, signer: VersionSigner | null, settings: Settings): Promise<Hex> {
  const { chainId, collection, version, root, count, leaves } = request;
  checkServed(request, settings);
  if (!signer) throw new Problem('bad_request', 'the version’s key is not kept here');
  if (count !== leaves.length) throw new Problem('hash_mismatch', `${leaves.length} receipts of ${count}`);
  const digests: Hex[] = [];
  for (const [position, { receipt, signature }] of leaves.entries()) {
    if (receipt.version !== version) throw new Problem('hash_mismatch', `receipt ${position} is of another version`);
    const digest = receiptDigest(chainId, collection, { ...receipt, seed: BigInt(receipt.seed) });
    const by = await recoverAddress({ hash: digest, signature }).catch(() => null);
    if (by?.toLowerCase() !== signer.address) throw new Problem('hash_mismatch', `receipt ${position} was not signed here`);
    digests.push(digest);
    // Thousands take seconds of arithmetic: whoever else asks meanwhile is answered in between.
    await setImmediate();
  }
  if (batchTree(digests).root !== root) throw new Problem('hash_mismatch', 'the root is not that of these receipts');
  return signer.sign(batchDigest(chainId, collection, { version, root, count }));
}
