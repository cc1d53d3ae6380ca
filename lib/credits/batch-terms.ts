import type { BatchTerms } from '@/lib/jobs/batcher';

/** How holds and captures of one process are joined. A call costs about as much as ten of its items, whatever their number (measured). */
export const BATCH_TERMS: BatchTerms = { maxItems: 64, overlapFrom: 24 };
