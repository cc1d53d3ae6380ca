import 'server-only';
import { type Hex, type PublicClient, zeroAddress } from 'viem';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { isFactoryMade } from '@/lib/chain/deployments';
import { receiptDigest } from '@/lib/protocol/receipt';
import { receiptOf, type WorkRecord } from '@/lib/protocol/work-record';

/** What a collection says of a record's version; null where it does not know it. `revokedAt` in seconds. */
export type CollectionFacts =
  | { factoryMade: false }
  | { factoryMade: true; owner: Hex; signer: Hex | null; revokedAt: number | null; signerAccepts: boolean };

/** Asks our factories and the collection that a record names. A contract of somebody else's is not asked: its answers would prove nothing. */
export async function readCollection(client: PublicClient, record: WorkRecord): Promise<CollectionFacts> {
  const collection = { address: record.collection, abi: workCollectionAbi } as const;
  const factoryMade = await isFactoryMade(client, record.chainId, 'work', record.collection);
  if (!factoryMade) return { factoryMade };
  const [owner, version] = await Promise.all([
    client.readContract({ ...collection, functionName: 'owner' }),
    client.readContract({ ...collection, functionName: 'versionOf', args: [record.receipt.version] }),
  ]);
  const signer = version.signer === zeroAddress ? null : version.signer;
  const signerAccepts = signer !== null && (await contractAccepts(client, signer, record));
  return { factoryMade, owner, signer, revokedAt: version.revokedAt || null, signerAccepts };
}

/** A signer that is a contract decides itself (ERC-1271); of a plain key this is false, and the signature is recovered instead. */
async function contractAccepts(client: PublicClient, signer: Hex, record: WorkRecord): Promise<boolean> {
  if (((await client.getCode({ address: signer })) ?? '0x') === '0x') return false;
  const hash = receiptDigest(record.chainId, record.collection, receiptOf(record));
  return client.verifyHash({ address: signer, hash, signature: record.signature });
}
