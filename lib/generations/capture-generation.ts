import type { Database } from '@/lib/db';
import { type Batcher, createBatcher } from '@/lib/jobs/batcher';
import { onDisk } from '@/lib/jobs/on-disk';
import { platformFeeAccount } from './start-generations';

/** A delivered run: checked, stored (`blob`: sha-256 hex) and attested. */
export type Delivery = {
  id: string;
  attempt: number;
  content: string;
  receipt: string;
  signature: string;
  work: { kind: 'image' } | { kind: 'text'; text: string };
  /** Of the stored picture: the work itself, or the card of a text. */
  width: number;
  height: number;
  blob: string;
  /** What the endpoint said, and how long it took. */
  report: {
    deployment: string;
    job: string | null;
    seed: string | null;
    model: string | null;
    weights: string | null;
    ms: number;
    raw: string | null;
  };
};
/** 'stale': another attempt is current, the run has ended, or its deadline has passed. Nothing was written. */
export type CaptureOutcome = 'captured' | 'stale';

const MAX_BATCH = 64;
/** When so many wait, a second call goes out beside the first: most of a call is waiting for the disk. */
const OVERLAP_FROM = 4;

/** Captures delivered runs: state, ledger, work and sealing job in one SQL call for all that arrive together. */
export function createCapture(db: Database): Batcher<Delivery, CaptureOutcome> {
  return createBatcher(
    async (deliveries) => {
      const { rows } = await db.pool.query<{ id: string; outcome: CaptureOutcome }>({
        name: 'generation_capture_set',
        text: 'SELECT id, outcome FROM generation_capture_set($1, $2)',
        values: [JSON.stringify(deliveries), await platformFeeAccount(db)],
      });
      // Before its job is taken out of the queue: a worker must not know of a capture that a crash takes back.
      await onDisk(db.pool);
      const outcomes = new Map(rows.map((row) => [row.id, row.outcome]));
      return deliveries.map(({ id }) => outcomes.get(id) ?? 'stale');
    },
    { maxItems: MAX_BATCH, overlapFrom: OVERLAP_FROM },
  );
}
