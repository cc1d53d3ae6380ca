import type { PoolClient } from 'pg';
import { derivedRef } from '@/lib/credits/derived-ref';
import { refundCapture } from '@/lib/credits/refund-capture';
import { type Database, inTransaction } from '@/lib/db';
import { log } from '@/lib/log';
import { refundRun } from '@/lib/payments/card/refund-run';

/** Gives back the price of works, and runs of passes, that could not be sealed within an hour of capture. One transaction a work; again is harmless. */
export async function refundUnsealed(db: Database): Promise<number> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT id FROM work WHERE sealed_at IS NULL AND refunded_at IS NULL AND captured_at < now() - interval '1 hour' ORDER BY id LIMIT 50`,
  );
  for (const { id } of rows) await refund(db, id);
  return rows.length;
}

async function refund({ pool }: Database, id: string): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ pass_hold_id: string | null }>(
      `UPDATE work w SET refunded_at = now() FROM generation g
        WHERE w.id = $1 AND g.id = w.id AND w.sealed_at IS NULL AND w.refunded_at IS NULL RETURNING g.pass_hold_id`,
      [id],
    );
    const [taken] = rows;
    if (!taken) return;
    await refundRun(tx, { capture: id, ref: derivedRef('unsealed', id) });
    const included = taken.pass_hold_id;
    if (included) await giveRunBack(tx, included);
    log.error({ work: id }, 'unsealed for an hour: refunded');
  });
}

/** To its period; where that is over, for a day more, as with one that failed. */
async function giveRunBack(tx: PoolClient, hold: string): Promise<void> {
  const { rows } = await tx.query<{ late: string[] | null }>('SELECT pass_runs_late(ARRAY[$1::uuid]) AS late', [hold]);
  await refundCapture(tx, { capture: hold, ref: derivedRef('unsealed', hold) });
  if (rows[0]?.late) await tx.query('SELECT pass_runs_give_anew($1)', [rows[0].late]);
}
