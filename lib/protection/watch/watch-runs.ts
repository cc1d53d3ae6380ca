import type { PoolClient } from 'pg';
import { type Database, inTransaction } from '@/lib/db';
import { canariesIn } from '../canaries';
import { type FinishedRun, finishedRuns } from './finished-runs';
import { judgePerson } from './judge-person';
import { type ModelFacts, modelFacts } from './model-facts';
import { raiseAlarm } from './raise-alarm';
import { type TracedRun, traceOf, writeTraces } from './write-traces';

export const AT_ONCE = 300;

/**
 * Looks at runs that were finished since last time, and at the people who made them: each run is read once, each person with new runs judged by traces. One
 * process at a time; returns how many runs it looked at, so that whoever is behind may call again.
 */
export async function watchRuns(db: Pick<Database, 'pool'>): Promise<number> {
  return inTransaction(db.pool, async (tx) => {
    const { rows } = await tx.query<{ at: Date }>('SELECT at FROM protection_cursor FOR UPDATE SKIP LOCKED');
    const [cursor] = rows;
    const runs = cursor ? await finishedRuns(tx, cursor.at, AT_ONCE) : [];
    const newest = runs.at(-1);
    if (!newest) return 0;
    for (const modelId of new Set(runs.map((run) => run.modelId))) {
      await watchModel(
        tx,
        modelId,
        runs.filter((run) => run.modelId === modelId),
      );
    }
    await tx.query('UPDATE protection_cursor SET at = greatest(at, $1)', [newest.at]);
    return runs.length;
  });
}

async function watchModel(tx: PoolClient, modelId: string, runs: FinishedRun[]): Promise<void> {
  const facts = await modelFacts(tx, modelId);
  const traced = runs.map((run) => ({ run, ...traceOf(run, facts) }));
  await writeTraces(tx, traced);
  for (const one of traced) await tellCanaries(tx, one, facts);
  const newestOf = new Map(runs.map((run) => [run.userId, run]));
  for (const run of newestOf.values()) await judgePerson(tx, run, facts.dialsOf(run.versionDigest));
}

async function tellCanaries(tx: PoolClient, { run, words, contents }: TracedRun, { canaries, salt }: ModelFacts): Promise<void> {
  const { modelId, versionDigest, userId, at } = run;
  for (const { canary, match } of canariesIn(canaries, salt, { words, contents })) {
    const evidence = { label: canary.label, kind: canary.kind, match, atMs: at.getTime() };
    await raiseAlarm(tx, { modelId, versionDigest, kind: 'canary', subject: `${canary.id} ${userId}`, userIds: [userId], evidence });
  }
}
