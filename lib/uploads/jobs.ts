import type { Loop } from '@/lib/jobs/types';
import { log } from '@/lib/log';
import { sweepUploads } from './sweep-uploads';

export const uploadLoops: Loop[] = [
  {
    name: 'forget uploads that no run needs',
    everyMs: 300_000,
    run: async (db) => {
      const swept = await sweepUploads(db);
      if (swept > 0) log.info({ swept }, 'uploads forgotten');
    },
  },
];
