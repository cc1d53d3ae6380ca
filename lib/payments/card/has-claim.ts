import type { PoolClient } from 'pg';
import { refundRef } from './book-refunds';
import { loadDisputes, loadParts, standing, sumOf } from './dispute-rows';
import type { PurchaseAccounts } from './house-accounts';

/** Whether something that stands of this purchase has become debt: a refund, or a lost dispute. What others owe is not its matter. */
export async function hasClaim(tx: PoolClient, purchaseId: string, { lot }: PurchaseAccounts): Promise<boolean> {
  for (const { id, state, millicredits } of await loadDisputes(tx, purchaseId)) {
    const unspent = standing(await loadParts(tx, id)).filter(({ account }) => account === lot);
    if (state === 'lost' && millicredits > sumOf(unspent)) return true;
  }
  const { rows } = await tx.query<{ id: string }>(`SELECT id FROM card_refund WHERE purchase_id = $1 AND state = 'taken'`, [purchaseId]);
  const owing = await tx.query(`SELECT FROM ledger.transfer WHERE ref = ANY ($1) AND code = 'debt'`, [rows.map(({ id }) => refundRef(id))]);
  return owing.rowCount !== 0;
}
