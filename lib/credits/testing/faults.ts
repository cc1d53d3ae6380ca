import type pg from 'pg';
import { expect } from 'vitest';
import { inTransaction } from '@/lib/db';
import { type Capture, captureHold } from '../capture-hold';
import { type Hold, holdCredits } from '../hold-credits';

const TTL = { ttlSeconds: 900 };

/** A transaction that holds and captures, and whose connection is killed before it commits: as if it had never been. */
export async function killInTransaction(pool: pg.Pool, runs: { hold: Hold; capture: Capture }[]): Promise<void> {
  const tx = await pool.connect();
  await tx.query('BEGIN');
  const { rows } = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  for (const { hold, capture } of runs) {
    const held = await holdCredits(tx, { ...hold, ...TTL }).catch(() => null);
    if (held === 'ok') await captureHold(tx, capture, 'run');
  }
  await pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
  await expect(tx.query('COMMIT')).rejects.toThrow();
  tx.release(true);
}

/** A hold that waits for a lock longer than it may: as if it had never been asked for. */
export async function timeOutAtLock(pool: pg.Pool, hold: Hold): Promise<void> {
  await inTransaction(pool, async (blocker) => {
    // A hold locks the lots with something free in them. Asked again once locked: what was free may be gone by then.
    const free = `SELECT a.id FROM ledger.account a JOIN ledger.purse p ON p.id = a.purse_id
      WHERE p.owner = $1 AND NOT a.spent AND a.credits_posted - a.debits_posted - a.debits_pending > 0`;
    const lots = async () => (await blocker.query<{ id: string }>(free, [hold.userId])).rows.map(({ id }) => id);
    await blocker.query('SELECT ledger.lock_accounts($1)', [await lots()]);
    if ((await lots()).length === 0) return;
    const late = inTransaction(pool, async (tx) => {
      await tx.query(`SET LOCAL statement_timeout = '15ms'`);
      return holdCredits(tx, { ...hold, ...TTL });
    });
    await expect(late).rejects.toMatchObject({ code: '57014' });
  });
}
