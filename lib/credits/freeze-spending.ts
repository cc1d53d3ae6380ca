import type { PoolClient } from 'pg';
import { openPurse } from './accounts';

/** Stops a collector's new holds under a ref, or lifts that stop; others stand. Credits still come in, open holds end as usual. */
export async function freezeSpending(tx: PoolClient, { userId, ref, on }: { userId: string; ref: string; on: boolean }): Promise<void> {
  await tx.query('SELECT ledger.set_freeze($1, $2, $3)', [await openPurse(tx, userId), ref, on]);
}
