import 'server-only';
import type { PoolClient } from 'pg';
import { encodeFunctionData, type Hex } from 'viem';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import type { ChainCall, Settlement, SettlementHandler } from '@/lib/chain/sender/types';
import { openAccount } from '@/lib/credits/accounts';
import { captureHold, releaseHold } from '@/lib/credits/capture-hold';
import { spendFloat } from '@/lib/credits/spend-float';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { readSale } from '../read-sale';

export const PURCHASE_PURPOSE = 'relay-pass';

type Purchase = { collection: Hex; tierId: number; receiver: Hex; priceWei: bigint };

export const purchaseCall = ({ collection, tierId, receiver, priceWei }: Purchase): ChainCall => ({
  to: collection,
  data: encodeFunctionData({ abi: passCollectionAbi, functionName: 'buy', args: [BigInt(tierId), receiver] }),
  valueWei: priceWei,
});

/** Ends a purchase with its transaction: paid at the quoted price when the pass is bought and safe, let go of otherwise. The gas is the house's in any case. */
async function settlePurchase(tx: PoolClient, settlement: Settlement): Promise<void> {
  const { ref: id, outcome, error, txHash } = settlement;
  const isSafe = outcome === 'safe';
  const { rows } = await tx.query<{ price: string }>(
    `UPDATE pass_purchase SET state = $2::relay_state, error = $3, tx_hash = $4, ended_at = now() WHERE id = $1 AND state = 'open'
     RETURNING price_millicredits AS price`,
    [id, isSafe ? 'captured' : 'released', error, isSafe ? txHash?.toLowerCase() : null],
  );
  if (!rows[0]) throw new AppError('internal', { cause: new Error(`pass purchase ${id} has ended before its transaction`) });
  if (isSafe) {
    const fee = await openAccount(tx, 'relay_fee', 'house');
    await captureHold(tx, { id, splits: [{ pending: fee, available: fee, amountMillicredits: BigInt(rows[0].price), code: 'relay_fee' }] }, 'relay');
  } else if (!(await releaseHold(tx, id))) {
    throw new AppError('internal', { cause: new Error(`the hold of pass purchase ${id} is gone`) });
  }
  await spendFloat(tx, settlement);
}

/** Looked at again just before it takes a nonce: a sale that has closed or changed its price is refused at no cost, with its reason. */
async function renewCall(db: Database, id: string): Promise<ChainCall> {
  const purchase = await db.prisma.passPurchase.findUniqueOrThrow({ where: { id } });
  const [collection, receiver, priceWei] = [purchase.collection as Hex, purchase.receiver as Hex, BigInt(purchase.priceWei.toFixed(0))];
  if ((await readSale(db, { collection, tierId: purchase.tierId })).priceWei !== priceWei) throw new AppError('pass_price_changed');
  return purchaseCall({ collection, receiver, tierId: purchase.tierId, priceWei });
}

export const settlementHandlers: SettlementHandler[] = [{ purpose: PURCHASE_PURPOSE, onSettled: settlePurchase, renewCall }];
