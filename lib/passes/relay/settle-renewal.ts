import 'server-only';
import { encodeFunctionData } from 'viem';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import type { ChainCall, SettlementHandler } from '@/lib/chain/sender/types';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { type Renewal, readRenewal } from '../read-renewal';
import { settleRelayed } from './settle-relayed';

export const RENEWAL_PURPOSE = 'relay-renewal';

type Agreed = { passId: string; times: number; holder: string; priceWei: bigint };

/**
 * The renewal as it is now, where it still is what was agreed to. A pass that moved is refused: who pays meant its holder of then, themselves
 * or somebody they make a present to. Throws `pass_moved`, `pass_price_changed`, and what readRenewal throws.
 */
export async function agreedRenewal(db: Database, { passId, times, holder, priceWei }: Agreed): Promise<Renewal> {
  const renewal = await readRenewal(db, { passId, times });
  if (renewal.holder !== holder) throw new AppError('pass_moved');
  if (renewal.priceWei !== priceWei) throw new AppError('pass_price_changed');
  return renewal;
}

export const renewalCall = ({ collection, tokenId, durationSeconds, priceWei }: Renewal): ChainCall => ({
  to: collection,
  data: encodeFunctionData({ abi: passCollectionAbi, functionName: 'renewSubscription', args: [tokenId, durationSeconds] }),
  valueWei: priceWei,
});

/** Looked at again just before it takes a nonce: what is not as agreed is refused at no cost, with its reason. */
async function renewCall(db: Database, id: string): Promise<ChainCall> {
  const { passId, times, holder, priceWei } = await db.prisma.passRenewal.findUniqueOrThrow({ where: { id } });
  return renewalCall(await agreedRenewal(db, { passId, times, holder, priceWei: BigInt(priceWei.toFixed(0)) }));
}

export const renewalHandler: SettlementHandler = {
  purpose: RENEWAL_PURPOSE,
  onSettled: (tx, settlement) => settleRelayed(tx, 'pass_renewal', settlement),
  renewCall,
};
