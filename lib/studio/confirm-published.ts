import type { Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { publicClient } from '@/lib/chain/client';
import type { Database } from '@/lib/db';
import { publishVersion } from '@/lib/models/register-version';
import { ownVersion } from './own';

/**
 * Opens a version once the chain has it: its collection belongs to its creator, and maps it to its key. False while it has not. The chain is
 * asked, not the browser.
 */
export async function confirmPublished(db: Database, actor: Actor, { version }: { version: string }): Promise<{ published: boolean }> {
  const { collection, signerAddress, publishedAt, rightsAt } = await ownVersion(db, actor, version);
  if (publishedAt) return { published: true };
  if (!rightsAt) return { published: false };
  const client = publicClient();
  const contract = { address: collection as Hex, abi: workCollectionAbi } as const;
  if (!(await client.getCode({ address: contract.address }))) return { published: false };
  const [owner, known] = await Promise.all([
    client.readContract({ ...contract, functionName: 'owner' }),
    client.readContract({ ...contract, functionName: 'versionOf', args: [version as Hex] }),
  ]);
  const isOnChain = owner.toLowerCase() === actor.address.toLowerCase() && known.signer.toLowerCase() === signerAddress;
  if (isOnChain) await publishVersion(db, version);
  return { published: isOnChain };
}
