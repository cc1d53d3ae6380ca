import type { PoolClient } from 'pg';
import type { PassFreezeReason } from '@/prisma/client/enums';

type Freeze = {
  passId: string;
  why: PassFreezeReason;
  /** Null: until it is lifted. */
  until: Date | null;
};

/**
 * Stops runs with a pass: `refund` those of any kind, `listed` the ones it includes. Waits for starts that are under way, so that what the
 * caller's transaction reads next (`wasUsed`) stays true until the freeze is over. Of the same reason the latest end counts.
 */
export async function freezeRuns(tx: PoolClient, { passId, why, until }: Freeze): Promise<void> {
  // The other side of the lock is in generation_start.
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 9))', [passId]);
  await tx.query(
    `INSERT INTO pass_freeze AS f (pass_id, why, until) VALUES ($1, $2::pass_freeze_reason, $3)
     ON CONFLICT (pass_id, why) DO UPDATE SET until = CASE WHEN f.until IS NOT NULL AND excluded.until IS NOT NULL THEN greatest(f.until, excluded.until) END`,
    [passId, why, until],
  );
}

/** Lifts a freeze of this reason; another stands. */
export async function thawRuns(tx: PoolClient, { passId, why }: Pick<Freeze, 'passId' | 'why'>): Promise<void> {
  await tx.query('DELETE FROM pass_freeze WHERE pass_id = $1 AND why = $2::pass_freeze_reason', [passId, why]);
}
