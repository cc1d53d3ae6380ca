import 'server-only';
import { encodeFunctionData, formatEther, type Hex } from 'viem';
import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { planCall } from '@/lib/chain/plan-call';
import type { CallPlanDto } from '@/lib/chain/schema';
import type { Database } from '@/lib/db';
import { ownCollection } from './own';
import type { capInput, saleInput } from './tier-schema';

/** What the creator's wallet has to send to change a tier's price, or to open or close it. Throws `not_found`, `wrong_state`, `chain_unavailable`. */
export async function planSale(db: Database, actor: Actor, { tierId, priceWei, open }: z.output<typeof saleInput>): Promise<CallPlanDto> {
  const data = encodeFunctionData({ abi: passCollectionAbi, functionName: 'setSale', args: [BigInt(tierId), BigInt(priceWei), open] });
  return planOwn(db, actor, data, `Price ${formatEther(BigInt(priceWei))} ETH, ${open ? 'for sale' : 'not for sale'}`);
}

/** The same to lower how many passes of a tier there can be: never under those that exist, never up again. */
export async function planCap(db: Database, actor: Actor, { tierId, cap }: z.output<typeof capInput>): Promise<CallPlanDto> {
  const data = encodeFunctionData({ abi: passCollectionAbi, functionName: 'lowerCap', args: [BigInt(tierId), cap] });
  return planOwn(db, actor, data, `Lowers the supply of the tier to ${cap}, for good`);
}

async function planOwn(db: Database, actor: Actor, data: Hex, what: string): Promise<CallPlanDto> {
  const { chainId, address: collection } = await ownCollection(db, actor);
  return { chainId, collection, calls: [await planCall(actor.address as Hex, { to: collection as Hex, data, what })] };
}
