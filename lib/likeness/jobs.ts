import type { Loop } from '@/lib/jobs/types';
import { indexWorks } from './index-works';

export const likenessLoops: Loop[] = [
  {
    name: 'read what works look like',
    everyMs: 3_000,
    run: async (db) => {
      await indexWorks(db);
    },
  },
];
