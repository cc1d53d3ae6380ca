import type { PoolClient } from 'pg';

/** Has pins follow a takedown or its end (`lib/addresses`): one job at a time, so that the later one has the last word. */
export async function tellPins(tx: PoolClient, workId: string): Promise<void> {
  await tx.query(`SELECT graphile_worker.add_job('follow-takedown', json_build_object('workId', $1::text), queue_name => 'takedowns')`, [workId]);
}
