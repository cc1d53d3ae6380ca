import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { maturesOn } from './mature-earnings';
import type { EarningsDto } from './schema';

type Row = { kind: 'creator_pending' | 'creator_available' | 'paid_out'; sub: string; posted: string };

/** What the actor has earned and where it is: pending, available, on its way out, paid. */
export async function getEarnings({ pool }: Database, actor: Actor, pendingDays = env.EARNINGS_PENDING_DAYS): Promise<EarningsDto> {
  const [accounts, onTheWay] = await Promise.all([
    pool.query<Row>(
      // What is not added up yet is read once for all of a creator's days.
      `WITH mine AS MATERIALIZED (
         SELECT id, kind, sub, credits_posted - debits_posted AS posted FROM ledger.account
          WHERE asset = 1 AND kind IN ('creator_pending', 'creator_available', 'paid_out') AND owner = $1),
       fresh AS (SELECT d.account_id AS id, sum(d.amount) AS amount FROM ledger.credit_delta d WHERE d.account_id IN (SELECT id FROM mine) GROUP BY 1)
       SELECT kind, sub, (posted + coalesce(fresh.amount, 0))::bigint AS posted FROM mine LEFT JOIN fresh USING (id)
        WHERE posted + coalesce(fresh.amount, 0) <> 0 ORDER BY sub`,
      [actor.userId],
    ),
    pool.query<{ sum: string }>(
      `SELECT coalesce(sum(millicredits), 0)::text AS sum FROM payout WHERE creator_id = $1 AND state IN ('requested', 'approved', 'sending')`,
      [actor.userId],
    ),
  ]);
  const sumOf = (kind: Row['kind']) =>
    accounts.rows
      .filter((row) => row.kind === kind)
      .reduce((sum, row) => sum + BigInt(row.posted), 0n)
      .toString();
  return {
    pendingMillicredits: sumOf('creator_pending'),
    availableMillicredits: sumOf('creator_available'),
    onTheWayMillicredits: onTheWay.rows[0]?.sum ?? '0',
    paidMillicredits: sumOf('paid_out'),
    maturing: accounts.rows
      .filter((row) => row.kind === 'creator_pending')
      .map(({ sub, posted }) => ({ day: maturesOn(sub, pendingDays), millicredits: posted })),
  };
}
