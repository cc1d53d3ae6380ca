import 'server-only';
import { encodeFunctionData, type Hex, zeroAddress } from 'viem';
import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { passFactoryAbi } from '@/lib/chain/abi/pass-factory';
import { publicClient } from '@/lib/chain/client';
import { type Call, planCall } from '@/lib/chain/plan-call';
import type { CallPlanDto } from '@/lib/chain/schema';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { parseCid } from '@/lib/protocol/cid';
import { collectionHome, factoryOfPasses, type Home, PASSES_SALT } from './collection-home';
import { assertOwnModels } from './own';
import type { tierInput, tiersInput } from './tier-schema';
import { writeTerms } from './write-terms';

type Input = z.output<typeof tiersInput>;
type Tier = z.output<typeof tierInput>;

/**
 * What the creator's wallet has to send to open tiers: the collection with its first ones, or a call for each further one. What they
 * include is kept now, under the numbers they will have. Throws `not_found` (a model of somebody else), `invalid_input`, `wrong_state`, `chain_unavailable`.
 */
export async function planTiers(db: Database, actor: Actor, input: Input): Promise<CallPlanDto> {
  await assertOwnModels(
    db,
    actor,
    input.tiers.flatMap(({ terms }) => terms.models),
  );
  const tiers = input.tiers.map(onChain);
  const home = await collectionHome(db, actor);
  const stands = (await publicClient().getCode({ address: home.collection })) !== undefined;
  const first = await nextTier(db, home, stands);
  await inTransaction(db.pool, async (tx) => {
    for (const [i, tier] of input.tiers.entries()) await writeTerms(tx, { ...home, tierId: first + i, label: tier.label }, tier.terms);
  });
  const account = actor.address as Hex;
  const calls = stands ? tiers.map((tier) => addCall(home, tier)) : [await createCall(home, account, input, tiers)];
  return { chainId: home.chainId, collection: home.collection, calls: await Promise.all(calls.map((call) => planCall(account, call))) };
}

/** By the chain, and never one the index knows: a node may be behind, and what a sold tier includes is not to be written over. */
async function nextTier({ prisma }: Database, { chainId, collection }: Home, stands: boolean): Promise<number> {
  const { _max } = await prisma.passTier.aggregate({ where: { chainId, collection }, _max: { tierId: true } });
  const count = stands ? await publicClient().readContract({ address: collection, abi: passCollectionAbi, functionName: 'tierCount' }) : 0n;
  return Math.max(Number(count), _max.tierId ?? 0) + 1;
}

type TierOnChain = ReturnType<typeof onChain>;

function onChain({ label, priceWei, durationSeconds: duration, refundWindowSeconds: refundWindow, cap, transferable, open, imageCid }: Tier) {
  const { codec, digest: image } = cidOf(imageCid);
  return { price: BigInt(priceWei), duration, refundWindow, cap, transferable, open, codec, image, label };
}

function cidOf(text: string) {
  try {
    return parseCid(text);
  } catch (cause) {
    throw new AppError('invalid_input', { cause, details: { fields: { imageCid: 'is not the CID of a file' } } });
  }
}

const addCall = ({ collection }: Home, tier: TierOnChain): Call => ({
  to: collection,
  data: encodeFunctionData({ abi: passCollectionAbi, functionName: 'addTier', args: [tier] }),
  what: `Adds the tier ${tier.label} to your passes`,
});

async function createCall(home: Home, account: Hex, { name, royaltyBps }: Input, tiers: TierOnChain[]): Promise<Call> {
  const terms = { name, symbol: 'PASS', royaltyBps, payout: zeroAddress };
  return {
    to: await factoryOfPasses(home, account),
    data: encodeFunctionData({ abi: passFactoryAbi, functionName: 'createPasses', args: [PASSES_SALT, home.base, terms, tiers] }),
    what: 'Deploys your passes and opens their first tiers',
  };
}
