import type { PoolClient } from 'pg';
import { openAccount } from '@/lib/credits/accounts';
import { owedBy } from '@/lib/credits/credit-collector';
import { type Database, inTransaction } from '@/lib/db';
import { loadDisputes, loadParts, saveDispute } from './dispute-rows';
import { returnPart } from './release-disputed';

/**
 * Where a collector owes nothing any more: what their lost disputes had taken aside of creators' earnings goes back to the creators, and
 * the works of those purchases are settled.
 */
export async function settleDebts(tx: PoolClient, userId: string): Promise<void> {
  const { rows } = await tx.query<{ id: string }>('SELECT id FROM card_purchase WHERE user_id = $1 AND owes ORDER BY id FOR UPDATE', [userId]);
  if (rows.length === 0 || (await owedBy(tx, await openAccount(tx, 'collector_debt', userId))) > 0n) return;
  for (const { id } of rows) await settle(tx, id);
}

async function settle(tx: PoolClient, purchaseId: string): Promise<void> {
  for (const dispute of await loadDisputes(tx, purchaseId)) {
    if (dispute.state !== 'lost') continue;
    for (const part of await loadParts(tx, dispute.id)) {
      if (part.state === 'held') await returnPart({ tx, purchase: { id: purchaseId } }, dispute, part);
    }
    await saveDispute(tx, dispute);
  }
  await tx.query('UPDATE card_purchase SET owes = false, version = version + 1 WHERE id = $1', [purchaseId]);
}

/** The same for everybody who repaid meanwhile, from wherever the money came. Returns how many there were. */
export async function settleRepaidDebts({ pool }: Pick<Database, 'pool'>): Promise<number> {
  const { rows } = await pool.query<{ user_id: string }>(
    `SELECT DISTINCT p.user_id FROM card_purchase p
       JOIN ledger.account a ON a.asset = 1 AND a.kind = 'collector_debt' AND a.owner = p.user_id::text AND a.sub = ''
      WHERE p.owes AND a.debits_posted <= a.credits_posted LIMIT 100`,
  );
  for (const { user_id } of rows) await inTransaction(pool, (tx) => settleDebts(tx, user_id));
  return rows.length;
}
