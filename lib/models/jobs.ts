import type { Loop } from '@/lib/jobs/types';
import { rewrapKeys } from '@/lib/keys/rewrap-keys';
import { SEALED_KEYS } from '@/lib/keys/sealed-keys';
import { SEALED_DEPLOYMENTS } from './deployment-secret';

export const modelLoops: Loop[] = [
  {
    name: 'wrap sealed keys anew after a rotation',
    everyMs: 30_000,
    run: async (db) => {
      for (const table of [SEALED_KEYS, SEALED_DEPLOYMENTS]) await rewrapKeys(db, table);
    },
  },
];
