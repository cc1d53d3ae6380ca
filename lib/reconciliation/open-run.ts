import type { PoolClient } from 'pg';
import { newId } from '@/lib/ids';
import type { RunTrigger } from './schema';

/** Opens a run, or joins the one that is open. Whoever gets the lock performs it: see perform-run.ts. */
export async function openRun(tx: PoolClient, { trigger, requestedBy }: { trigger: RunTrigger; requestedBy?: string }): Promise<string> {
  const inserted = await tx.query<{ id: string }>(
    `INSERT INTO reconciliation_run (id, trigger, requested_by) VALUES ($1, $2, $3)
     ON CONFLICT ((true)) WHERE state IN ('waiting', 'running') DO NOTHING RETURNING id`,
    [newId(), trigger, requestedBy ?? null],
  );
  const { rows } = inserted.rowCount
    ? inserted
    : await tx.query<{ id: string }>(`SELECT id FROM reconciliation_run WHERE state IN ('waiting', 'running')`);
  const [run] = rows;
  // The open one ended between the two statements: then there is room for ours.
  return run ? run.id : openRun(tx, { trigger, requestedBy });
}

/** Opens a run that a worker performs. One job, however often it is asked for. */
export async function enqueueRun(tx: PoolClient, options: { trigger: RunTrigger; requestedBy?: string }): Promise<string> {
  const id = await openRun(tx, options);
  await tx.query(`SELECT graphile_worker.add_job('reconcile', json_build_object('id', $1::text), job_key => 'reconcile', max_attempts => 3)`, [id]);
  return id;
}
