import type { Database } from '@/lib/db';
import { onDisk } from '@/lib/jobs/on-disk';
import type { Delivery } from './capture-generation';

/**
 * Keeps what a run delivered that is paid for by its own payment: it is captured once that is settled (lib/gateway/x402). No other attempt is made
 * then. 'stale': another attempt is current, the run has ended, or its deadline has passed.
 */
export async function parkDelivery({ pool }: Pick<Database, 'pool'>, delivery: Delivery): Promise<'parked' | 'stale'> {
  const { rows } = await pool.query<{ parked: boolean }>('SELECT generation_park($1, $2, $3) AS parked', [
    delivery.id,
    delivery.attempt,
    JSON.stringify(delivery),
  ]);
  // Before its job is taken out of the queue, as with a capture.
  await onDisk(pool);
  return rows[0]?.parked ? 'parked' : 'stale';
}
