import { encodeFunctionData, type Hex, zeroAddress } from 'viem';
import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { publicClient } from '@/lib/chain/client';
import { createCollectionCall, type VersionBounds, versionTerms } from '@/lib/chain/deploy/create-collection';
import { deploymentOf } from '@/lib/chain/deployments';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { RIGHTS_TEXT } from '@/lib/models/rights';
import { manifestSchema } from '@/lib/protocol/manifest';
import { COLLECTION_SALT } from './create-version';
import { factoryOf } from './factory-of';
import { ownVersion } from './own';
import type { PublishPlanDto, publishInput } from './schema';

/** 5 % to the creator, as ERC-2981 says it to marketplaces; they can change it in their collection. */
const ROYALTY_BPS = 500;

/**
 * What the creator's wallet has to send to publish a version, with its gas: the collection with its first version, or the version alone.
 * Empty when all of it is on-chain. Keeps what was affirmed. Throws `not_found`, `wrong_state` (retired), `chain_unavailable`.
 */
export async function planPublishing(db: Database, actor: Actor, input: z.output<typeof publishInput>): Promise<PublishPlanDto> {
  const row = await ownVersion(db, actor, input.version);
  if (row.model.status === 'retired') throw new AppError('wrong_state');
  const { capTokens, floorPriceWei, opensAt, closesAt } = input.bounds;
  const bounds: VersionBounds = { capTokens, floorPriceWei: BigInt(floorPriceWei), opensAt, closesAt };
  await db.prisma.modelVersion.updateMany({
    where: { digest: input.version, publishedAt: null },
    data: { rightsText: RIGHTS_TEXT, rightsAt: new Date(), bounds: input.bounds },
  });
  const plan = { chainId: row.chainId, collection: row.collection };
  const call = await nextCall(actor, row as Row, bounds);
  if (!call) return { ...plan, calls: [] };
  const client = publicClient();
  const account = actor.address as Hex;
  const [gas, fees] = await Promise.all([client.estimateGas({ account, to: call.to, data: call.data }), client.estimateFeesPerGas()]);
  return { ...plan, calls: [{ ...call, gas: gas.toString(), maxFeeWei: fees.maxFeePerGas.toString() }] };
}

type Row = { digest: Hex; chainId: number; collection: Hex; externalBase: string; signerAddress: Hex; manifest: string };
type Call = { to: Hex; data: Hex; what: string };

async function nextCall(actor: Actor, row: Row, bounds: VersionBounds): Promise<Call | null> {
  const client = publicClient();
  const { digest: version, collection, externalBase: base, signerAddress: signer } = row;
  if (!(await client.getCode({ address: collection }))) {
    const factory = await factoryOf(deploymentOf(row.chainId).all('work'), {
      creator: actor.address as Hex,
      salt: COLLECTION_SALT,
      base,
      collection,
    });
    const { name } = manifestSchema.parse(JSON.parse(row.manifest));
    const symbol =
      name
        .replaceAll(/[^A-Za-z0-9]/g, '')
        .slice(0, 8)
        .toUpperCase() || 'WORKS';
    const made = createCollectionCall(factory, { salt: COLLECTION_SALT, base, name, symbol, royaltyBps: ROYALTY_BPS, version, signer, bounds });
    return { ...made, what: 'Deploys your collection and registers the version and its key in it' };
  }
  const known = await client.readContract({ address: collection, abi: workCollectionAbi, functionName: 'versionOf', args: [version] });
  if (known.signer !== zeroAddress) return null;
  const data = encodeFunctionData({ abi: workCollectionAbi, functionName: 'addVersion', args: [versionTerms(version, signer, bounds)] });
  return { to: collection, data, what: 'Registers the version and its key in your collection' };
}
