import type { Loop } from '@/lib/jobs/types';
import { rewrapKeys } from '@/lib/keys/rewrap-keys';
import { SEALED_CREDENTIALS } from './certificate-rows';

export const credentialLoops: Loop[] = [
  {
    name: 'wrap keys of credentials anew after a rotation',
    everyMs: 30_000,
    run: async (db) => {
      await rewrapKeys(db, SEALED_CREDENTIALS);
    },
  },
];
