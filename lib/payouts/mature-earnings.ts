import type { Pool } from 'pg';
import { balanceOf, openAccount } from '@/lib/credits/accounts';
import { derivedRef } from '@/lib/credits/derived-ref';
import { mustPost } from '@/lib/credits/post-transfer';
import { inTransaction } from '@/lib/db';

const DAY_MS = 24 * 3600_000;

/** The last UTC day whose card earnings are due: all of it is at least `pendingDays` old. */
export function lastMatureDay(nowMs: number, pendingDays: number): string {
  return new Date(nowMs - (pendingDays + 1) * DAY_MS).toISOString().slice(0, 10);
}

/** When the card earnings of a UTC day can be paid out: the day on which `lastMatureDay` reaches it. */
export function maturesOn(day: string, pendingDays: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + (pendingDays + 1) * DAY_MS).toISOString().slice(0, 10);
}

/**
 * Moves card earnings that have pended long enough to what can be paid out, a creator's day as a whole: what a dispute took out of it
 * stays out. Returns how many days were moved. Several may run at once.
 */
export async function matureEarnings({ pool }: { pool: Pool }, pendingDays: number, nowMs = Date.now()): Promise<number> {
  // Then the rows say all, and nobody sums what is not added up for each of thousands of days.
  await pool.query('SELECT ledger.roll_up_streams()');
  const { rows } = await pool.query<{ id: string; owner: string }>(
    `SELECT id, owner FROM ledger.account
      WHERE asset = 1 AND kind = 'creator_pending' AND sub <= $1 AND credits_posted > debits_posted ORDER BY sub, id`,
    [lastMatureDay(nowMs, pendingDays)],
  );
  for (const { id, owner } of rows) await matureDay(pool, BigInt(id), owner);
  return rows.length;
}

async function matureDay(pool: Pool, pending: bigint, owner: string): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const credit = await openAccount(tx, 'creator_available', owner);
    // Also locks the account: what is read next cannot be taken by a dispute or another worker meanwhile.
    await tx.query('SELECT ledger.roll_up($1)', [pending]);
    const { available } = await balanceOf(tx, pending);
    if (available <= 0n) return;
    // A day can mature again when a dispute that was won puts something back into it.
    const { rows } = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ledger.transfer WHERE debit_id = $1 AND code = 'matured'`,
      [pending],
    );
    const ref = derivedRef('matured', pending.toString());
    await mustPost(tx, { ref, leg: rows[0]?.count ?? 0, debit: pending, credit, amountMillicredits: available, code: 'matured' });
  });
}
