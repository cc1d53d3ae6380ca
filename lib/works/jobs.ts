import type { Loop, Task } from '@/lib/jobs/types';
import { refundUnsealed } from './refund-unsealed';
import { sealWork } from './seal-work';

export const workTasks: Record<string, Task> = { 'seal-work': sealWork };

export const workLoops: Loop[] = [
  {
    name: 'refund what could not be sealed',
    everyMs: 60_000,
    run: async (db) => {
      await refundUnsealed(db);
    },
  },
];
