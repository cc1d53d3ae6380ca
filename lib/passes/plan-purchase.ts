import 'server-only';
import { encodeFunctionData, type Hex } from 'viem';
import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { publicClient } from '@/lib/chain/client';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { readPassId } from './pass-id';
import { planCall } from './plan-call';
import { askCollection, knownCollection, readSale } from './read-sale';
import type { buyInput, PassPlanDto, renewInput } from './tier-schema';

/**
 * What a wallet has to send to buy a pass, for itself or as a gift, at the price of this moment. The contract refuses any other sum and
 * any sale past the cap. Throws `not_found`, `pass_sale_closed`, `pass_sold_out`, `wrong_state`, `chain_unavailable`.
 */
export async function planPurchase(db: Database, actor: Actor, { collection, tierId, to }: z.output<typeof buyInput>): Promise<PassPlanDto> {
  const { chainId, priceWei: value } = await readSale(db, { collection, tierId });
  const receiver = to ?? (actor.address as Hex);
  const data = encodeFunctionData({ abi: passCollectionAbi, functionName: 'buy', args: [BigInt(tierId), receiver] });
  const what = receiver === actor.address.toLowerCase() ? 'Buys a pass' : `Buys a pass for ${receiver}`;
  return { chainId, collection, calls: [await planCall(actor.address as Hex, { to: collection, data, value, what })] };
}

/** The same to make a pass last longer; anyone may pay. Throws `not_found`, `pass_not_renewable`, `wrong_state`, `chain_unavailable`. */
export async function planRenewal(db: Database, actor: Actor, { passId, times }: z.output<typeof renewInput>): Promise<PassPlanDto> {
  const { collection: address, tokenId, tierId, chainId: named } = readPassId(passId);
  const chainId = await knownCollection(db, address);
  if (named !== chainId) throw new AppError('not_found');
  const contract = { address, abi: passCollectionAbi } as const;
  const [isRenewable, { price, duration }] = await askCollection(() =>
    Promise.all([
      publicClient().readContract({ ...contract, functionName: 'isRenewable', args: [tokenId] }),
      publicClient().readContract({ ...contract, functionName: 'tierOf', args: [BigInt(tierId)] }),
    ]),
  );
  if (!isRenewable) throw new AppError('pass_not_renewable');
  const data = encodeFunctionData({ ...contract, functionName: 'renewSubscription', args: [tokenId, BigInt(duration) * BigInt(times)] });
  const call = { to: address, data, value: price * BigInt(times), what: times === 1 ? 'Renews the pass' : `Renews the pass ${times} times` };
  return { chainId, collection: address, calls: [await planCall(actor.address as Hex, call)] };
}
