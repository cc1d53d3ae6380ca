import { ASSET, openPurse, type Sql } from '@/lib/credits/accounts';
import { derivedRef } from '@/lib/credits/derived-ref';
import type { PassFreezeReason } from '@/prisma/client/enums';
import type { PassGrant } from './schema';

/** The runs of a pass in the period that is now. `left` can be started; it is zero while they are frozen or the purchase is not safe. */
export type IncludedRuns = { total: number; used: number; held: number; left: number; frozen: PassFreezeReason | null };

type Row = { granted: string; used: string; held: string; frozen: PassFreezeReason | null };

/** What is left of what a pass includes. A period that nobody used has no account yet, and all of it left. */
export async function getIncludedRuns(sql: Sql, { passId, period, includedRuns, isSafe }: PassGrant): Promise<IncludedRuns> {
  const { rows } = await sql.query<Row>({
    name: 'included_runs',
    text: `SELECT coalesce((SELECT sum(t.amount) FROM ledger.transfer t WHERE t.credit_id = a.id AND t.code = 'included'), 0) AS granted,
                  coalesce(a.debits_posted - a.credits_posted, 0) AS used, coalesce(a.debits_pending, 0) AS held,
                  (SELECT min(f.why) FROM pass_freeze f WHERE f.pass_id = $1 AND (f.until IS NULL OR f.until > now())) AS frozen
             FROM (VALUES (1)) one LEFT JOIN ledger.account a ON a.asset = ${ASSET.runs} AND a.kind = 'pass_runs' AND a.owner = $1 AND a.sub = $2`,
    values: [passId, periodName(period)],
  });
  const row = rows[0] ?? { granted: '0', used: '0', held: '0', frozen: null };
  const granted = Number(row.granted);
  // What was given back to the lot of a run that could not be kept counts as not used.
  const [used, held] = [granted + Number(row.used), Number(row.held)];
  const total = Math.max(granted, includedRuns);
  return { total, used, held, left: isSafe && !row.frozen ? total - used - held : 0, frozen: row.frozen };
}

/** Opens the period that is now, once: its runs are there to be held. Returns the pass's purse. Nothing is opened before the purchase is safe. */
export async function openPeriod(sql: Sql, { passId, period, periodEndsAt, includedRuns, isSafe }: PassGrant): Promise<bigint> {
  if (isSafe && includedRuns > 0) {
    const ref = derivedRef('included', passId, period);
    await sql.query({
      name: 'open_period',
      text: 'SELECT ledger.open_period($1, $2, $3, $4, $5)',
      values: [passId, periodName(period), includedRuns, periodEndsAt, ref],
    });
  }
  return openPurse(sql, passId, ASSET.runs);
}

const periodName = (period: number): string => String(period);

/** Whether any run that the pass let in or paid is under way, or was delivered and kept. */
export async function wasUsed(sql: Sql, passId: string): Promise<boolean> {
  const { rows } = await sql.query<{ used: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM generation g LEFT JOIN work w ON w.id = g.id
       WHERE g.pass_id = $1 AND g.state IN ('held', 'running', 'captured') AND w.refunded_at IS NULL) AS used`,
    [passId],
  );
  return rows[0]?.used ?? false;
}
