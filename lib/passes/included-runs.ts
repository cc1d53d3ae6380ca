import { ASSET, openPurse, type Sql } from '@/lib/credits/accounts';
import { derivedRef } from '@/lib/credits/derived-ref';
import type { PassFreezeReason } from '@/prisma/client/enums';
import type { PassGrant } from './schema';

/** The runs of a pass in the period that is now. `left` can be started; it is zero while they are frozen or the purchase is not safe. */
export type IncludedRuns = { total: number; used: number; held: number; left: number; frozen: PassFreezeReason | null };

/** `back` and `back_held`: of runs that came back when their period was over, and are to be had for a day more. */
type Row = { granted: string; used: string; held: string; back: string; back_held: string; frozen: PassFreezeReason | null };
const NOTHING: Row = { granted: '0', used: '0', held: '0', back: '0', back_held: '0', frozen: null };

/** What is left of what a pass includes. A period that nobody used has no account yet, and all of it left. */
export const getIncludedRuns = async (sql: Sql, pass: PassGrant): Promise<IncludedRuns> => runsOf(pass, (await readRuns(sql, [pass]))[0] ?? NOTHING);

/** Several passes of one person in the order of what is left of their runs, most first; where it is the same, as they came. */
export async function mostLeftFirst<T extends { grant: PassGrant }>(sql: Sql, passes: T[]): Promise<T[]> {
  if (passes.length < 2) return passes;
  const rows = await readRuns(
    sql,
    passes.map(({ grant }) => grant),
  );
  const left = passes.map((pass, i) => ({ pass, left: runsOf(pass.grant, rows[i] ?? NOTHING).left }));
  return left.toSorted((a, b) => b.left - a.left).map(({ pass }) => pass);
}

/** A row a pass, in their order. */
async function readRuns(sql: Sql, passes: PassGrant[]): Promise<Row[]> {
  const { rows } = await sql.query<Row>({
    name: 'included_runs',
    text: `SELECT coalesce((SELECT sum(t.amount) FROM ledger.transfer t WHERE t.credit_id = a.id AND t.code = 'included'), 0) AS granted,
                  coalesce(a.debits_posted - a.credits_posted, 0) AS used, coalesce(a.debits_pending, 0) AS held,
                  b.back, b.held AS back_held,
                  (SELECT min(f.why) FROM pass_freeze f WHERE f.pass_id = p.id AND (f.until IS NULL OR f.until > now())) AS frozen
             FROM unnest($1::text[], $2::text[]) WITH ORDINALITY p(id, period, place)
             LEFT JOIN LATERAL (
               SELECT * FROM ledger.account WHERE asset = ${ASSET.runs} AND kind = 'pass_runs' AND owner = p.id AND sub = p.period LIMIT 1) a ON true
             CROSS JOIN LATERAL (
               SELECT coalesce(sum(l.credits_posted - l.debits_posted), 0) AS back, coalesce(sum(l.debits_pending), 0) AS held FROM ledger.account l
                WHERE l.asset = ${ASSET.runs} AND l.kind = 'pass_runs' AND l.owner = p.id AND l.sub LIKE 'back %' AND NOT l.spent AND l.expires_at > now()) b
            ORDER BY p.place`,
    values: [passes.map(({ passId }) => passId), passes.map(({ period }) => periodName(period))],
  });
  return rows;
}

function runsOf({ includedRuns, isSafe }: PassGrant, row: Row): IncludedRuns {
  const granted = Number(row.granted);
  // What was given back to the lot of a run that could not be kept counts as not used.
  const taken = granted + Number(row.used);
  const [used, held] = [Math.max(0, taken), Number(row.held) + Number(row.back_held)];
  // An operator may have added to the period (lib/corrections).
  const total = Math.max(granted, includedRuns) + Number(row.back) + Math.max(0, -taken);
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

const COUNTS = `g.state IN ('held', 'running', 'captured') AND w.refunded_at IS NULL`;

/**
 * Whether any run that the pass let in or paid is under way, or was delivered and kept. A run that several passes let in together names none of them: those
 * of who held this one since it was bought, of models whose rule asks for more than one pass, count for each.
 */
export async function wasUsed(sql: Sql, passId: string): Promise<boolean> {
  const { rows } = await sql.query<{ used: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM generation g LEFT JOIN work w ON w.id = g.id WHERE g.pass_id = $1 AND ${COUNTS}) OR EXISTS (
       SELECT 1 FROM pass_token t JOIN pass_collection c ON (c.chain_id, c.address) = (t.chain_id, t.collection)
         JOIN pass_fact f ON (f.chain_id, f.collection, f.token_id) = (t.chain_id, t.collection, t.token_id) AND f.kind = 'transfer'
         JOIN "user" u ON u.address = f.data ->> 'to'
         JOIN model m ON m.creator_id = c.creator_id JOIN access_rule r ON r.model_id = m.id JOIN model_version v ON v.model_id = m.id
         JOIN generation g ON g.user_id = u.id AND g.created_at >= t.bought_at AND g.version_digest = v.digest AND g.pass_id IS NULL LEFT JOIN work w ON w.id = g.id
        WHERE t.id = $1 AND g.user_id <> g.creator_id AND r.rule::text ~ '"kind": "pass".*"kind": "pass"' AND ${COUNTS}) AS used`,
    [passId],
  );
  return rows[0]?.used ?? false;
}
