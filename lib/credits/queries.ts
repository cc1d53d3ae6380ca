import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import type { BalanceDto, StatementEntryDto, StatementPage } from './schema';

const PAGE = 50;

/** What a collector can spend, and what open runs hold. Someone without an account has zero. */
export async function getBalance({ pool }: Database, actor: Actor): Promise<BalanceDto> {
  const { rows } = await pool.query<{ available: string; pending: string }>(
    `SELECT b.available, b.pending FROM ledger.account a, ledger.balance(a.id) b WHERE a.asset = 1 AND a.kind = 'collector_onchain' AND a.owner = $1`,
    [actor.userId],
  );
  return { availableMillicredits: rows[0]?.available ?? '0', heldMillicredits: rows[0]?.pending ?? '0' };
}

type Row = { id: string; at: Date; at_exact: string; kind: StatementEntryDto['kind']; change: string; held: string; ref: string };

/** A collector's statement, newest first: transfers, and holds that are open or were let go (a captured hold is its transfers). */
export async function listStatement({ pool }: Database, actor: Actor, { cursor }: { cursor?: string } = {}): Promise<StatementPage> {
  const [at, id] = cursor?.split('_') ?? [];
  const { rows } = await pool.query<Row>(
    `WITH mine AS (SELECT id FROM ledger.account WHERE asset = 1 AND kind = 'collector_onchain' AND owner = $1),
     entries AS (
       SELECT t.ref::text || '-' || min(t.leg) AS id, t.at, CASE WHEN t.code IN ('run_creator', 'run_fee') THEN 'run' ELSE t.code::text END AS kind,
              -sum(t.amount) AS change, 0::bigint AS held, t.ref
         FROM ledger.transfer t, mine WHERE t.debit_id = mine.id GROUP BY t.ref, t.at, 3
       UNION ALL
       SELECT t.ref::text || '+' || t.leg, t.at, t.code::text, t.amount, 0, t.ref FROM ledger.transfer t, mine WHERE t.credit_id = mine.id
       UNION ALL
       SELECT h.id::text, coalesce(h.ended_at, h.created_at), CASE h.state WHEN 'open' THEN 'held' ELSE 'released' END, 0, h.amount, h.id
         FROM ledger.hold h, mine WHERE h.account_id = mine.id AND h.state <> 'captured')
     SELECT *, at::text AS at_exact FROM entries WHERE $2::timestamptz IS NULL OR (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT ${PAGE + 1}`,
    [actor.userId, at ?? null, id ?? null],
  );
  const shown = rows.slice(0, PAGE);
  const last = shown.at(-1);
  return {
    entries: shown.map((r) => ({
      id: r.id,
      at: r.at.toISOString(),
      kind: r.kind,
      changeMillicredits: r.change,
      heldMillicredits: r.held,
      ref: r.ref,
    })),
    nextCursor: rows.length > PAGE && last ? `${last.at_exact}_${last.id}` : null,
  };
}

/** Contradictions in the books and between runs, holds and works. Empty, always. */
export async function auditBooks({ pool }: Pick<Database, 'pool'>): Promise<{ what: string; id: string }[]> {
  const { rows } = await pool.query<{ what: string; id: string }>(
    `SELECT what, id FROM ledger.audit UNION ALL SELECT 'run ' || state || ', hold ' || coalesce(hold, 'none'), id::text FROM run_audit`,
  );
  return rows;
}
