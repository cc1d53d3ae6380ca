import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import type { DebtMoveDto } from './schema';

const SHOWN = 20;
/** The indexes of transfers leave runs out, which never are a debt. */
const NO_RUN = `t.code NOT IN ('run_creator', 'run_parent', 'run_fee', 'relay_fee')`;

/** How a person came to owe something, and what repaid it, newest first: the statement has no lines of what never touched the balance. */
export async function listDebt({ pool }: Database, actor: Actor): Promise<DebtMoveDto[]> {
  const { rows } = await pool.query<{ at: Date; code: string; change: string }>(
    `WITH debt AS MATERIALIZED (SELECT id FROM ledger.account WHERE asset = 1 AND kind = 'collector_debt' AND owner = $1 AND sub = '')
     SELECT at, code, change FROM (
       (SELECT t.at, t.code, t.amount AS change FROM ledger.transfer t WHERE t.debit_id = (SELECT id FROM debt) AND ${NO_RUN} ORDER BY t.at DESC LIMIT ${SHOWN})
       UNION ALL
       (SELECT t.at, t.code, -t.amount FROM ledger.transfer t WHERE t.credit_id = (SELECT id FROM debt) AND t.code <> 'run_fee' ORDER BY t.at DESC LIMIT ${SHOWN})) m
      ORDER BY at DESC LIMIT ${SHOWN}`,
    [actor.userId],
  );
  return rows.map(({ at, code, change }) => ({ at: at.toISOString(), reason: reasonOf(code), changeMillicredits: change }));
}

function reasonOf(code: string): string {
  if (code === 'debt') return 'Spent credits of a payment that was taken back';
  if (code === 'debt_repaid') return 'Repaid';
  return code === 'write_off' ? 'Forgiven' : 'Correction';
}
