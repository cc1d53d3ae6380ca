import type { PoolClient } from 'pg';
import { openAccount, type Sql } from '@/lib/credits/accounts';
import type { PayoutClaim } from './schema';

/**
 * Why somebody is not paid out now, or null. Locked: a claim that is raised at this moment comes before what the caller does, or after it.
 * `others`: accounts that the caller will move, so that all are locked in their order.
 */
export async function lockClaim(tx: PoolClient, userId: string, others: bigint[] = []): Promise<PayoutClaim | null> {
  const debt = await openAccount(tx, 'collector_debt', userId);
  await tx.query('SELECT ledger.lock_accounts($1)', [[debt, ...others]]);
  return (await findClaims(tx, [userId])).get(userId) ?? null;
}

/** Who of these owes credits, or has a payment that is disputed: their spending is stopped, and so is what they are paid. */
export async function findClaims(sql: Sql, userIds: string[]): Promise<Map<string, PayoutClaim>> {
  const { rows } = await sql.query<{ owner: string; owes: boolean }>(
    `SELECT p.owner, EXISTS (SELECT 1 FROM ledger.account a WHERE a.asset = 1 AND a.kind = 'collector_debt' AND a.owner = p.owner AND a.sub = ''
                               AND a.debits_posted > a.credits_posted) AS owes
       FROM ledger.purse p WHERE p.asset = 1 AND p.owner = ANY ($1) AND EXISTS (SELECT 1 FROM ledger.spending_stop s WHERE s.purse_id = p.id)`,
    [userIds],
  );
  return new Map(rows.map(({ owner, owes }) => [owner, owes ? 'owes' : 'disputed']));
}
