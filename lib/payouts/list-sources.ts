import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import type { EarningsSourceDto } from './schema';

/**
 * What the actor earned in a span of UTC days (both included), by day and source, oldest first. Refunds and disputes are below zero. Read
 * from the ledger's transfers by account and time, so it costs what the span holds, not what there ever was.
 */
export async function listSources({ pool }: Database, actor: Actor, span: { fromDay: string; toDay: string }): Promise<EarningsSourceDto[]> {
  const { rows } = await pool.query<EarningsSourceDto>(sourcesSql, [actor.userId, span.fromDay, span.toDay]);
  return rows;
}

// Moves between a creator's own accounts (maturing, payouts) are no earnings.
export const sourcesSql = `
  WITH mine AS MATERIALIZED (
    SELECT id FROM ledger.account WHERE asset = 1 AND kind IN ('creator_pending', 'creator_available') AND owner = $1),
  span AS (SELECT ($2::date)::timestamp AT TIME ZONE 'UTC' AS low, ($3::date + 1)::timestamp AT TIME ZONE 'UTC' AS high),
  moved AS (
    SELECT t.ref, t.code, t.at, t.amount FROM mine, span, ledger.transfer t
     WHERE t.credit_id = mine.id AND t.at >= span.low AND t.at < span.high AND t.code NOT IN ('matured', 'payout_failed')
       -- No creator's, neither of these; said as the indexes say it, so that they are used.
       AND t.code <> 'run_fee'
    UNION ALL
    SELECT t.ref, t.code, t.at, -t.amount FROM mine, span, ledger.transfer t
     WHERE t.debit_id = mine.id AND t.at >= span.low AND t.at < span.high AND t.code NOT IN ('matured', 'payout')
       AND t.code NOT IN ('run_creator', 'run_parent', 'run_fee', 'relay_fee')),
  named AS (
    SELECT (x.at AT TIME ZONE 'UTC')::date AS day, x.amount,
           CASE WHEN x.code = 'run_creator' THEN 'run' WHEN x.code = 'run_parent' THEN 'share' WHEN x.code IN ('run_refund', 'card_refund') THEN 'refund'
                WHEN x.code IN ('dispute_hold', 'dispute_won', 'dispute_lost') THEN 'dispute' ELSE 'correction' END AS kind,
           CASE WHEN x.code IN ('run_creator', 'run_parent') THEN x.ref END AS run
    FROM moved x)
  SELECT n.day::text AS day, n.kind, m.name AS "modelName", m.slug AS "modelSlug", sum(n.amount)::text AS millicredits, count(n.run)::int AS runs
  FROM named n LEFT JOIN generation g ON g.id = n.run LEFT JOIN model_version v ON v.digest = g.version_digest LEFT JOIN model m ON m.id = v.model_id
  GROUP BY n.day, n.kind, m.id, m.name, m.slug ORDER BY n.day, n.kind, m.name`;
