import type { PoolClient } from 'pg';
import { openAccount } from '@/lib/credits/accounts';
import { owedBy } from '@/lib/credits/credit-collector';
import { repayFromUnspent } from '@/lib/credits/repay-from-unspent';
import { type Database, inTransaction } from '@/lib/db';
import { loadDisputes, loadParts, saveDispute } from './dispute-rows';
import { returnPart } from './release-disputed';

/**
 * Repays what a collector owes from their unspent credits. Where nothing is owed then, or any more: what their lost disputes had taken
 * aside of creators' earnings goes back to the creators, and the works of those purchases are settled.
 */
export async function settleDebts({ pool }: Pick<Database, 'pool'>, userId: string): Promise<void> {
  await inTransaction(pool, (tx) => repay(tx, userId));
  await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ id: string }>('SELECT id FROM card_purchase WHERE user_id = $1 AND owes ORDER BY id FOR UPDATE', [userId]);
    if (rows.length === 0 || (await owedBy(tx, await openAccount(tx, 'collector_debt', userId))) > 0n) return;
    for (const { id } of rows) await settle(tx, id);
  });
}

/** What is disputed is not there to repay with: its bank may take it, and the debt would come back when it does. */
async function repay(tx: PoolClient, userId: string): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT p.id FROM card_purchase p JOIN card_dispute d ON d.purchase_id = p.id AND d.state = 'open' WHERE p.user_id = $1`,
    [userId],
  );
  await repayFromUnspent(tx, { userId, except: rows.map(({ id }) => id) });
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

/**
 * The same for everybody who can repay, or has, from wherever the money came: who owes and has unspent credits that are no bonus, and whose
 * purchase still counts as owing though nothing is owed. Returns how many there were.
 */
export async function settleAllDebts(db: Pick<Database, 'pool'>): Promise<number> {
  const { rows } = await db.pool.query<{ owner: string }>(
    // In any order: some may have nothing that repays, and are not to keep the others waiting.
    `SELECT owner FROM (
       SELECT a.owner FROM ledger.account a JOIN ledger.purse p ON p.asset = 1 AND p.owner = a.owner
        WHERE a.asset = 1 AND a.kind = 'collector_debt' AND a.debits_posted > a.credits_posted AND EXISTS (
          SELECT 1 FROM ledger.account l WHERE l.purse_id = p.id AND NOT l.spent AND l.kind <> 'collector_bonus'
             AND l.credits_posted - l.debits_posted - l.debits_pending > 0)
       UNION
       SELECT a.owner FROM card_purchase p
         JOIN ledger.account a ON a.asset = 1 AND a.kind = 'collector_debt' AND a.owner = p.user_id::text AND a.sub = ''
        WHERE p.owes AND a.debits_posted <= a.credits_posted) x ORDER BY random() LIMIT 100`,
  );
  for (const { owner } of rows) await settleDebts(db, owner);
  return rows.length;
}
