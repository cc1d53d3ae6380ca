import type { PoolClient } from 'pg';
import { env } from '@/lib/env';
import type { PayoutRow } from './payout-row';

/**
 * How many have to approve a payout. One operator alone lets out no more than the limit within a day, whoever the creators are: above it
 * this payout, too, needs a second. One approval of an operator at a time, so that two at the same moment do not both fit.
 */
export async function raiseNeed(tx: PoolClient, { id, millicredits, approvalsNeeded }: PayoutRow, operatorId: string): Promise<number> {
  if (approvalsNeeded > 1) return approvalsNeeded;
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`intaglio payout approvals ${operatorId}`]);
  const { rows } = await tx.query<{ sum: string }>(
    `SELECT coalesce(sum(p.millicredits), 0)::text AS sum FROM payout_approval a JOIN payout p ON p.id = a.payout_id
      WHERE a.operator_id = $1 AND a.at > now() - interval '1 day' AND p.approvals_needed = 1 AND p.state NOT IN ('failed', 'cancelled')`,
    [operatorId],
  );
  if (BigInt(rows[0]?.sum ?? 0) + millicredits <= BigInt(env.PAYOUT_SECOND_APPROVAL_MILLICREDITS)) return approvalsNeeded;
  await tx.query('UPDATE payout SET approvals_needed = 2 WHERE id = $1', [id]);
  return 2;
}
