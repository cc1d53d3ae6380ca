import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { auditBooks } from '@/lib/credits/queries';
import type { openDatabase } from '@/lib/db';
import type { HostileEndpoint } from './hostile-endpoint';

type Db = ReturnType<typeof openDatabase>;
export type Totals = Record<string, number>;
type RunRow = { prompt: string; state: string; late_ms: number; blob: string | null };

/** Everything that must be true once all runs have ended; each sentence is a contradiction. */
export async function auditRuns(db: Db, endpoint: HostileEndpoint, storage: string, slackMs: number): Promise<{ wrong: string[]; totals: Totals }> {
  const wrong: string[] = [];
  const { rows } = await db.pool.query<RunRow>(
    `SELECT g.prompt, g.state::text AS state, extract(epoch FROM g.ended_at - g.deadline_at)::float8 * 1000 AS late_ms, w.output_blob AS blob
       FROM generation g LEFT JOIN work w ON w.id = g.id`,
  );
  for (const { prompt, state, late_ms, blob } of rows) {
    if (state === 'held' || state === 'running') wrong.push(`${prompt} has not ended`);
    if (late_ms > slackMs) wrong.push(`${prompt} ended ${Math.round(late_ms)} ms after its deadline`);
    if ((state === 'captured') !== (blob !== null)) wrong.push(`${prompt} is ${state} ${blob ? 'with' : 'without'} a work`);
    const stored =
      blob &&
      (await access(join(storage, blob.slice(0, 2), blob.slice(2, 4), blob)).then(
        () => true,
        () => false,
      ));
    if (blob && !stored) wrong.push(`the work of ${prompt} is not stored`);
    if (state === 'captured' && !/^(fine|slow|busy)/.test(prompt)) wrong.push(`${prompt} was captured`);
  }
  for (const [prompt, times] of endpoint.begun) if (times > 1) wrong.push(`${prompt} was begun ${times} times: its creator may be charged for each`);
  wrong.push(...(await auditBooks(db)).map((row) => `books: ${JSON.stringify(row)}`));
  wrong.push(...(await db.pool.query('SELECT * FROM run_audit')).rows.map((row) => `runs: ${JSON.stringify(row)}`));
  const { rows: money } = await db.pool.query<{ owner: string; wrong: string }>(
    `SELECT a.owner, (a.debits_posted - coalesce(g.paid, 0))::text AS wrong FROM ledger.account a
       LEFT JOIN (SELECT user_id, sum(price_millicredits) AS paid FROM generation WHERE state = 'captured' GROUP BY 1) g ON g.user_id::text = a.owner
      WHERE a.kind = 'collector_bonus' AND (a.debits_posted <> coalesce(g.paid, 0) OR a.debits_pending <> 0)`,
  );
  wrong.push(...money.map(({ owner, wrong: by }) => `${owner} was charged ${by} too much, or still has something held`));
  const totals: Totals = {};
  for (const { state } of rows) totals[state] = (totals[state] ?? 0) + 1;
  return { wrong, totals };
}
