import 'server-only';
import { encodeFunctionData, type Hex } from 'viem';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import type { ChainCall, SettlementHandler } from '@/lib/chain/sender/types';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { readSale } from '../read-sale';
import { settleRelayed } from './settle-relayed';

export const PURCHASE_PURPOSE = 'relay-pass';

type Purchase = { collection: Hex; tierId: number; receiver: Hex; priceWei: bigint };

export const purchaseCall = ({ collection, tierId, receiver, priceWei }: Purchase): ChainCall => ({
  to: collection,
  data: encodeFunctionData({ abi: passCollectionAbi, functionName: 'buy', args: [BigInt(tierId), receiver] }),
  valueWei: priceWei,
});

/** Looked at again just before it takes a nonce: a sale that has closed or changed its price is refused at no cost, with its reason. */
async function renewCall(db: Database, id: string): Promise<ChainCall> {
  const purchase = await db.prisma.passPurchase.findUniqueOrThrow({ where: { id } });
  const [collection, receiver, priceWei] = [purchase.collection as Hex, purchase.receiver as Hex, BigInt(purchase.priceWei.toFixed(0))];
  if ((await readSale(db, { collection, tierId: purchase.tierId })).priceWei !== priceWei) throw new AppError('pass_price_changed');
  return purchaseCall({ collection, receiver, tierId: purchase.tierId, priceWei });
}

export const purchaseHandler: SettlementHandler = {
  purpose: PURCHASE_PURPOSE,
  onSettled: (tx, settlement) => settleRelayed(tx, 'pass_purchase', settlement),
  renewCall,
};
