import type { PoolClient } from 'pg';
import { type Database, inTransaction } from '@/lib/db';
import { log } from '@/lib/log';
import { outcomeOf, WHOLE_SCHEDULE_S } from './outcome';
import type { Outgoing } from './take-message';

/** Who lets us wait longer is told in places of its own, so that silent addresses keep nobody else waiting. */
const SLOW_MS = 2_000;

export type Attempt = { at: Date; status: number | null; problem: string | null; ms: number };

/** Writes down a try and what comes next, with the job of the next one, in one transaction. */
export async function writeAttempt({ pool }: Database, { deliveryId, endpointId }: Outgoing, attempt: Attempt): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await tx.query('UPDATE webhook_endpoint SET is_slow = $2 WHERE id = $1', [endpointId, attempt.ms >= SLOW_MS]);
    const { rows } = await tx.query<{ state: string; tries: number }>('SELECT state, tries FROM webhook_delivery WHERE id = $1 FOR NO KEY UPDATE', [
      deliveryId,
    ]);
    const [delivery] = rows;
    // Removed while it was sent.
    if (!delivery) return;
    await tx.query(
      `INSERT INTO webhook_attempt (delivery_id, number, at, status, problem, ms)
       SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5 FROM webhook_attempt WHERE delivery_id = $1`,
      [deliveryId, attempt.at, attempt.status, attempt.problem, attempt.ms],
    );
    const outcome = outcomeOf(attempt.status, delivery.tries);
    if (outcome.state === 'pending') {
      await tx.query('SELECT webhook_send_at($1, $2, $3, now() + make_interval(secs => $4))', [
        deliveryId,
        endpointId,
        outcome.tries,
        outcome.afterSeconds,
      ]);
      return;
    }
    await tx.query('UPDATE webhook_delivery SET state = $2::webhook_delivery_state, next_at = NULL, ended_at = now() WHERE id = $1', [
      deliveryId,
      outcome.state,
    ]);
    if (outcome.state === 'failed') await stop(tx, endpointId, outcome.gone ? 'gone' : 'failing');
  });
}

/** Stops an endpoint that said it is gone, or that nothing has reached for as long as a message is tried. */
async function stop(tx: PoolClient, endpointId: string, why: 'gone' | 'failing'): Promise<void> {
  const { rowCount } = await tx.query(
    `UPDATE webhook_endpoint SET state = 'disabled', disabled_why = $2 WHERE id = $1 AND state <> 'disabled' AND ($2 = 'gone' OR NOT EXISTS (
       SELECT 1 FROM webhook_delivery WHERE endpoint_id = $1 AND state = 'delivered' AND ended_at > now() - make_interval(secs => $3)))`,
    [endpointId, why, WHOLE_SCHEDULE_S],
  );
  if (rowCount === 1) log.info({ endpointId, why }, 'a webhook was stopped');
}
