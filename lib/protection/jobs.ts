import type { Loop } from '@/lib/jobs/types';
import { watchRuns } from './watch/watch-runs';

const KEPT_DAYS = 30;
const AT_ONCE = 5_000;

export const protectionLoops: Loop[] = [
  {
    name: 'look at finished runs for sweeps, seed farming, links and canaries',
    everyMs: 10_000,
    run: async (db) => {
      await watchRuns(db);
    },
  },
  {
    name: 'forget old traces and counts',
    everyMs: 600_000,
    run: async ({ pool }) => {
      await pool.query(
        `DELETE FROM protection_trace WHERE generation_id IN (SELECT generation_id FROM protection_trace WHERE at < now() - make_interval(days => $1) LIMIT $2)`,
        [KEPT_DAYS, AT_ONCE],
      );
      await pool.query('DELETE FROM protection_origin WHERE last_at < now() - make_interval(days => $1)', [KEPT_DAYS]);
      // Of a day that is over nothing counts any more. What a start has locked is left for the next time: neither waits for the other.
      for (const [table, at] of [
        ['protection_return', 'started_at'],
        ['protection_count', 'hour'],
      ]) {
        await pool.query(
          `DELETE FROM ${table} WHERE ctid IN (SELECT ctid FROM ${table} WHERE ${at} < now() - interval '2 days' LIMIT $1 FOR UPDATE SKIP LOCKED)`,
          [AT_ONCE],
        );
      }
    },
  },
];
