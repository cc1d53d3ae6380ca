import type { Loop } from '@/lib/jobs/types';
import { AT_ONCE as AT_ONCE_WATCHED, watchRuns } from './watch/watch-runs';

const KEPT_DAYS = 30;
const AT_ONCE = 5_000;
/** As often as it takes, within reason: what comes in faster than one statement a turn would grow for good. */
const TURNS = 100;

export const protectionLoops: Loop[] = [
  {
    name: 'look at finished runs for sweeps, seed farming, links and canaries',
    everyMs: 10_000,
    run: async (db) => {
      // On until nobody waits: at the pace of one reading in ten seconds, whoever makes many runs would keep their own from being seen.
      for (let i = 0; i < TURNS && (await watchRuns(db)) >= AT_ONCE_WATCHED; i++);
    },
  },
  {
    name: 'forget old traces and counts',
    everyMs: 600_000,
    run: async ({ pool }) => {
      const traces = `DELETE FROM protection_trace WHERE generation_id IN (SELECT generation_id FROM protection_trace WHERE at < now() - make_interval(days => $1) LIMIT $2)`;
      for (let i = 0; i < TURNS && ((await pool.query(traces, [KEPT_DAYS, AT_ONCE])).rowCount ?? 0) >= AT_ONCE; i++);
      await pool.query('DELETE FROM protection_origin WHERE last_at < now() - make_interval(days => $1)', [KEPT_DAYS]);
      // Of a day that is over nothing counts any more. What a start has locked is left for the next time: neither waits for the other.
      for (const [table, at] of [
        ['protection_return', 'started_at'],
        ['protection_count', 'hour'],
      ]) {
        const old = `DELETE FROM ${table} WHERE ctid IN (SELECT ctid FROM ${table} WHERE ${at} < now() - interval '2 days' LIMIT $1 FOR UPDATE SKIP LOCKED)`;
        for (let i = 0; i < TURNS && ((await pool.query(old, [AT_ONCE])).rowCount ?? 0) >= AT_ONCE; i++);
      }
    },
  },
];
