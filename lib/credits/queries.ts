import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { debtFreeze } from './credit-collector';
import { findStretch, LAST } from './find-stretch';
import type { BalanceDto, EntryCode, OpenHoldDto, StatementPage } from './schema';

const PAGE = 50;

type BalanceRow = { kind: string; free: string; pending: string; expires_at: Date | null };

/** What a collector can spend, of which kind, and what open holds set aside. Someone without a lot has zero. */
export async function getBalance({ pool }: Pick<Database, 'pool'>, actor: Actor): Promise<BalanceDto> {
  const { rows } = await pool.query<BalanceRow>(
    `SELECT a.kind, a.credits_posted - a.debits_posted - a.debits_pending AS free, a.debits_pending AS pending, a.expires_at
       FROM ledger.purse p JOIN ledger.account a ON a.purse_id = p.id AND NOT a.spent WHERE p.asset = 1 AND p.owner = $1 ORDER BY a.expires_at, a.id`,
    [actor.userId],
  );
  const { rows: state } = await pool.query<{ owed: string; frozen: boolean; disputed: boolean }>(
    `SELECT coalesce((SELECT debits_posted - credits_posted FROM ledger.account WHERE asset = 1 AND kind = 'collector_debt' AND owner = $1 AND sub = ''), 0) AS owed,
            count(*) > 0 AS frozen, count(*) FILTER (WHERE f.ref <> $2) > 0 AS disputed
       FROM ledger.spending_stop f JOIN ledger.purse p ON p.id = f.purse_id WHERE p.asset = 1 AND p.owner = $1`,
    [actor.userId, debtFreeze(actor.userId)],
  );
  const sum = (of: 'free' | 'pending', kind?: string) =>
    rows.reduce((total, row) => (kind && row.kind !== kind ? total : total + BigInt(row[of])), 0n).toString();
  const expiring = rows.find((row) => row.expires_at && row.free !== '0');
  return {
    availableMillicredits: sum('free'),
    heldMillicredits: sum('pending'),
    byBucket: { bonus: sum('free', 'collector_bonus'), purchased: sum('free', 'collector_purchased'), onchain: sum('free', 'collector_onchain') },
    expiring: expiring?.expires_at ? { amountMillicredits: expiring.free, at: expiring.expires_at.toISOString() } : null,
    owedMillicredits: state[0]?.owed ?? '0',
    frozen: state[0]?.frozen ?? false,
    disputed: state[0]?.disputed ?? false,
  };
}

type EntryRow = { seq: string; ref: string; code: EntryCode; change: string; held: string; balance: string; at: Date };

export type StatementQuery = { cursor?: string; codes?: EntryCode[]; from?: Date; to?: Date; limit?: number };

/** A page of a collector's statement, newest first; codes and a period (`to` not included) narrow it. Costs the same however long the statement is. */
export async function listStatement(
  { pool }: Pick<Database, 'pool'>,
  actor: Actor,
  { cursor, codes, from, to, limit = PAGE }: StatementQuery = {},
): Promise<StatementPage> {
  const { first, end } = from || to ? await findStretch(pool, actor.userId, { from, to }) : { first: '1', end: LAST };
  const values = [actor.userId, cursor ?? LAST, limit + 1, first, end, from ?? '-infinity', to ?? 'infinity'];
  const { rows } = codes?.length ? await pool.query<EntryRow>(statementOfCodes, [...values, codes]) : await pool.query<EntryRow>(statement, values);
  const shown = rows.slice(0, limit);
  return {
    entries: shown.map((row) => ({
      seq: row.seq,
      at: row.at.toISOString(),
      code: row.code,
      changeMillicredits: row.change,
      heldMillicredits: row.held,
      balanceMillicredits: row.balance,
      ref: row.ref,
    })),
    nextCursor: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
  };
}

const mine = `(SELECT id FROM ledger.purse WHERE asset = 1 AND owner = $1)`;
const within = `seq >= $4 AND seq < least($2::bigint, $5::bigint) AND at >= $6 AND at < $7`;
export const statement = `
  SELECT * FROM ledger.entry WHERE purse_id = ${mine} AND ${within} ORDER BY seq DESC LIMIT $3`;
// One walk down the index for each code, merged: a filter over all lines would read every line of a long statement. Runs have no index
// of their own, being most lines.
export const statementOfCodes = `
  SELECT e.* FROM unnest($8::ledger.entry_code[]) c, LATERAL (
    SELECT * FROM ledger.entry WHERE purse_id = ${mine} AND code = c AND code <> 'run' AND ${within} ORDER BY seq DESC LIMIT $3) e
  UNION ALL
  (SELECT * FROM ledger.entry WHERE 'run' = ANY ($8) AND purse_id = ${mine} AND code = 'run' AND ${within} ORDER BY seq DESC LIMIT $3)
   ORDER BY seq DESC LIMIT $3`;

/** What is set aside for a collector right now, oldest first. */
export async function listOpenHolds({ pool }: Pick<Database, 'pool'>, actor: Actor): Promise<OpenHoldDto[]> {
  const { rows } = await pool.query<{ id: string; amount: string; created_at: Date; expires_at: Date }>(
    `SELECT id, amount, created_at, expires_at FROM ledger.hold WHERE purse_id = ${mine} AND state = 'open' ORDER BY created_at, id LIMIT 100`,
    [actor.userId],
  );
  return rows.map((row) => ({
    ref: row.id,
    amountMillicredits: row.amount,
    at: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }));
}

/** Contradictions in the books and between runs, holds, works, payouts and corrections. Empty, always. */
export async function auditBooks({ pool }: Pick<Database, 'pool'>): Promise<{ what: string; id: string }[]> {
  const { rows } = await pool.query<{ what: string; id: string }>(
    `SELECT what, id FROM ledger.audit UNION ALL SELECT 'run ' || state || ', hold ' || coalesce(hold, 'none'), id::text FROM run_audit
     UNION ALL SELECT what, id FROM payout_audit UNION ALL SELECT what, id FROM correction_audit
     UNION ALL SELECT 'relay ' || state || ', hold ' || coalesce(hold, 'none') || ', transaction ' || coalesce(transaction, 'none'), id::text FROM relay_audit
     UNION ALL SELECT 'pass purchase ' || state || ', hold ' || coalesce(hold, 'none') || ', transaction ' || coalesce(transaction, 'none'), id::text FROM pass_purchase_audit
     UNION ALL SELECT 'pass renewal ' || state || ', hold ' || coalesce(hold, 'none') || ', transaction ' || coalesce(transaction, 'none'), id::text FROM pass_renewal_audit`,
  );
  return rows;
}
