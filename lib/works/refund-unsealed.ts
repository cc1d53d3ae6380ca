import { type AccountKind, openAccount, postTransfer } from '@/lib/credits/post-transfer';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';

const REFUND_LEG_CREATOR = 10;
const REFUND_LEG_FEE = 11;

type Unsealed = { id: string; owner_id: string; creator_id: string; price: string; fee: string };

/** Gives back the price of works that could not be sealed within an hour of capture. One transaction a work; again is harmless. */
export async function refundUnsealed(db: Database): Promise<number> {
  const { rows } = await db.pool.query<Unsealed>(
    `SELECT w.id, w.owner_id, m.creator_id, g.price_millicredits AS price, g.fee_millicredits AS fee
     FROM work w JOIN generation g ON g.id = w.id JOIN model_version v ON v.digest = w.version_digest JOIN model m ON m.id = v.model_id
     WHERE w.sealed_at IS NULL AND w.refunded_at IS NULL AND w.captured_at < now() - interval '1 hour' ORDER BY w.id LIMIT 50`,
  );
  for (const work of rows) await refund(db, work);
  return rows.length;
}

async function refund({ pool }: Database, work: Unsealed): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rowCount } = await client.query('UPDATE work SET refunded_at = now() WHERE id = $1 AND sealed_at IS NULL AND refunded_at IS NULL', [
      work.id,
    ]);
    if (rowCount === 1) {
      const collector = await openAccount(client, 'collector_onchain', work.owner_id);
      const back = async (leg: number, kind: AccountKind, owner: string, amountMillicredits: bigint) => {
        if (amountMillicredits === 0n) return;
        const debit = await openAccount(client, kind, owner);
        const status = await postTransfer(client, { ref: work.id, leg, debit, credit: collector, amountMillicredits, code: 'run_refund' });
        if (status === 'insufficient') throw new AppError('internal', { cause: new Error(`${kind} of ${owner} cannot refund ${work.id}`) });
      };
      await back(REFUND_LEG_CREATOR, 'creator_pending', work.creator_id, BigInt(work.price) - BigInt(work.fee));
      await back(REFUND_LEG_FEE, 'platform_fee', 'house', BigInt(work.fee));
      log.error({ work: work.id }, 'unsealed for an hour: refunded');
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
