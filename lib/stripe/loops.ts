import type { Loop } from '@/lib/jobs/types';
import { enqueueUnhandled } from './enqueue-unhandled';

export const stripeLoops: Loop[] = [
  { name: 'take up events that nobody handles', everyMs: 60_000, run: async (db) => void (await enqueueUnhandled(db)) },
];
