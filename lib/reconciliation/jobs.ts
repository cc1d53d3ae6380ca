import { z } from 'zod';
import { inTransaction } from '@/lib/db';
import { env } from '@/lib/env';
import type { Loop, Task } from '@/lib/jobs/types';
import { uuidInput } from '@/lib/uuid-input';
import { enqueueRun } from './open-run';
import { performRun } from './perform-run';

const payload = z.object({ id: uuidInput });

export const reconciliationTasks: Record<string, Task> = {
  reconcile: async (input, { db }) => {
    await performRun(db, payload.parse(input).id);
  },
};

export const reconciliationLoops: Loop[] = [
  {
    name: 'ask for the next reconciliation',
    everyMs: 60_000,
    run: async ({ pool }) => {
      const recent = await pool.query(
        `SELECT 1 FROM reconciliation_run WHERE coalesce(ended_at, created_at) > now() - make_interval(mins => $1) LIMIT 1`,
        [env.RECONCILIATION_MINUTES],
      );
      if (recent.rowCount === 0) await inTransaction(pool, (tx) => enqueueRun(tx, { trigger: 'schedule' }));
    },
  },
];
