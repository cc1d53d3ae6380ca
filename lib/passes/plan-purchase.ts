import 'server-only';
import { encodeFunctionData, type Hex } from 'viem';
import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { planCall } from '@/lib/chain/plan-call';
import type { CallPlanDto } from '@/lib/chain/schema';
import type { Database } from '@/lib/db';
import { readRenewal } from './read-renewal';
import { readSale } from './read-sale';
import type { buyInput, renewInput } from './tier-schema';

/**
 * What a wallet has to send to buy a pass, for itself or as a gift, at the price of this moment. The contract refuses any other sum and
 * any sale past the cap. Throws `not_found`, `pass_sale_closed`, `pass_sold_out`, `wrong_state`, `chain_unavailable`.
 */
export async function planPurchase(db: Database, actor: Actor, { collection, tierId, to }: z.output<typeof buyInput>): Promise<CallPlanDto> {
  const { chainId, priceWei: value } = await readSale(db, { collection, tierId });
  const receiver = to ?? (actor.address as Hex);
  const data = encodeFunctionData({ abi: passCollectionAbi, functionName: 'buy', args: [BigInt(tierId), receiver] });
  const what = receiver === actor.address.toLowerCase() ? 'Buys a pass' : `Buys a pass for ${receiver}`;
  return { chainId, collection, calls: [await planCall(actor.address as Hex, { to: collection, data, value, what })] };
}

/** The same to make a pass last longer; anyone may pay. Throws `not_found`, `pass_not_renewable`, `wrong_state`, `chain_unavailable`. */
export async function planRenewal(db: Database, actor: Actor, { passId, times }: z.output<typeof renewInput>): Promise<CallPlanDto> {
  const { chainId, collection, tokenId, durationSeconds, priceWei: value } = await readRenewal(db, { passId, times });
  const data = encodeFunctionData({ abi: passCollectionAbi, functionName: 'renewSubscription', args: [tokenId, durationSeconds] });
  const call = { to: collection, data, value, what: times === 1 ? 'Renews the pass' : `Renews the pass ${times} times` };
  return { chainId, collection, calls: [await planCall(actor.address as Hex, call)] };
}
