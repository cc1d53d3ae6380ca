import type { Database } from '@/lib/db';
import type { Loop, Task } from '@/lib/jobs/types';
import { log } from '@/lib/log';
import type { Adapters } from './call-endpoint';
import { createRunGeneration } from './run-generation';

/** Tasks of the run path, over the given endpoints. */
export function generationTasks(db: Database, adapters: Adapters): Record<string, Task> {
  return { 'run-generation': createRunGeneration(db, adapters) };
}

export const generationLoops: Loop[] = [
  {
    name: 'end runs past their deadline',
    everyMs: 2_000,
    run: async ({ pool }) => {
      const { rows } = await pool.query<{ ended: number }>('SELECT generation_sweep() AS ended');
      if (rows[0]?.ended) log.warn({ ended: rows[0].ended }, 'runs expired');
    },
  },
];
