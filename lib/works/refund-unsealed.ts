import { derivedRef } from '@/lib/credits/derived-ref';
import { type Database, inTransaction } from '@/lib/db';
import { log } from '@/lib/log';
import { refundRun } from '@/lib/payments/card/refund-run';

/** Gives back the price of works that could not be sealed within an hour of capture. One transaction a work; again is harmless. */
export async function refundUnsealed(db: Database): Promise<number> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT id FROM work WHERE sealed_at IS NULL AND refunded_at IS NULL AND captured_at < now() - interval '1 hour' ORDER BY id LIMIT 50`,
  );
  for (const { id } of rows) await refund(db, id);
  return rows.length;
}

async function refund({ pool }: Database, id: string): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { rowCount } = await tx.query('UPDATE work SET refunded_at = now() WHERE id = $1 AND sealed_at IS NULL AND refunded_at IS NULL', [id]);
    if (rowCount !== 1) return;
    await refundRun(tx, { capture: id, ref: derivedRef('unsealed', id) });
    log.error({ work: id }, 'unsealed for an hour: refunded');
  });
}
