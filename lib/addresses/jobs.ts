import { env } from '@/lib/env';
import type { Loop, Task } from '@/lib/jobs/types';
import { followTakedown } from './follow-takedown';
import { listPins } from './list-pins';
import { tryPins } from './try-pins';

export const addressTasks: Record<string, Task> = { 'follow-takedown': followTakedown };

export const addressLoops: Loop[] = [
  {
    name: 'pin what minted works need',
    everyMs: 10_000,
    run: async (db) => {
      // Off unless the house has a node: works are served by their CIDs from here anyway.
      if (!env.IPFS_RPC_URL) return;
      await listPins(db);
      await tryPins(db, { url: env.IPFS_RPC_URL, authorization: env.IPFS_RPC_AUTHORIZATION });
    },
  },
];
