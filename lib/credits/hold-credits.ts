import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { createBatcher } from '@/lib/jobs/batcher';
import { openPurse, purseOf, type Sql } from './accounts';
import { BATCH_TERMS } from './batch-terms';

/** 'any': bonus, card, chain. 'final': only what cannot be charged back. */
export type Spendable = 'any' | 'final';
export type Hold = { id: string; userId: string; amountMillicredits: bigint };
export type HoldTerms = { ttlSeconds: number; spendable?: Spendable };
type Status = 'ok' | 'replay' | 'insufficient' | 'frozen' | 'conflict';
type Item = Hold & { purse: bigint };
const KINDS: Record<Spendable, string[] | null> = { any: null, final: ['collector_onchain'] };

/**
 * Sets credits aside, once for each id, in the caller's transaction or on its own.
 * Throws `insufficient_credits`, `spending_frozen`, or `conflict` (the id holds something else).
 */
export async function holdCredits(sql: Sql, hold: Hold & HoldTerms): Promise<'ok' | 'replay'> {
  const [status] = await callHold(sql, [{ ...hold, purse: await openPurse(sql, hold.userId) }], hold);
  return accept(hold, status);
}

/** The same for many callers at once: holds that are asked for while a call is on its way go out together in the next one. */
export function createHolder(db: Pick<Database, 'pool'>, terms: HoldTerms, batching = BATCH_TERMS): (hold: Hold) => Promise<'ok' | 'replay'> {
  const batch = createBatcher((items: Item[]) => callHold(db.pool, items, terms), batching);
  return async (hold) => accept(hold, await batch({ ...hold, purse: await purseOf(db, hold.userId) }));
}

/** One call for all; the requests are served in their order. */
async function callHold(sql: Sql, items: Item[], { ttlSeconds, spendable = 'any' }: HoldTerms): Promise<Status[]> {
  const { rows } = await sql.query<{ statuses: Status[] }>({
    name: 'ledger_hold_set',
    text: 'SELECT ledger.hold_set($1, $2, $3, make_interval(secs => $4), $5::ledger.account_kind[])::text[] AS statuses',
    values: [items.map((i) => i.id), items.map((i) => i.purse), items.map((i) => i.amountMillicredits), ttlSeconds, KINDS[spendable]],
  });
  return rows[0]?.statuses ?? [];
}

function accept({ id }: Hold, status: Status | undefined): 'ok' | 'replay' {
  if (status === 'insufficient') throw new AppError('insufficient_credits');
  if (status === 'frozen') throw new AppError('spending_frozen');
  if (status !== 'ok' && status !== 'replay') throw new AppError('conflict', { details: { hold: id } });
  return status;
}
