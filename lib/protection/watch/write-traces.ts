import type { PoolClient } from 'pg';
import type { Trace } from '../alarms/trace';
import { readSettings } from '../traces/dials';
import { digestOf, sketchOf, wordsOf } from '../traces/words';
import type { FinishedRun } from './finished-runs';
import type { ModelFacts } from './model-facts';

export type TracedRun = { run: FinishedRun; trace: Trace; words: string[]; contents: string[] };

/** A run without its text. */
export function traceOf(
  run: Pick<FinishedRun, 'id' | 'quoteId' | 'userId' | 'versionDigest' | 'prompt' | 'seed' | 'paramsText' | 'at'>,
  facts: Pick<ModelFacts, 'salt' | 'schemaOf'>,
) {
  const words = wordsOf(run.prompt);
  const { dials, rest, contents } = readSettings(facts.schemaOf(run.versionDigest), run.paramsText);
  const trace: Trace = {
    ...{ id: run.id, userId: run.userId, quoteId: run.quoteId, atMs: run.at.getTime(), seed: run.seed, words: Math.min(words.length, 32_767), dials },
    promptDigest: digestOf(facts.salt, words.join(' ')),
    sketch: sketchOf(facts.salt, words),
    choices: digestOf(facts.salt, rest),
  };
  return { trace, words, contents };
}

export async function writeTraces(tx: PoolClient, traced: TracedRun[]): Promise<void> {
  const rows = traced.map(({ run, trace }) => ({ ...trace, modelId: run.modelId, at: run.at }));
  await tx.query(
    `INSERT INTO protection_trace (generation_id, model_id, user_id, quote_id, at, seed, prompt_digest, words, sketch, dials, choices)
     SELECT t.id, t."modelId", t."userId", t."quoteId", t.at, t.seed, t."promptDigest", t.words, t.sketch, t.dials, t.choices
       FROM jsonb_to_recordset($1) t(id uuid, "modelId" uuid, "userId" uuid, "quoteId" uuid, at timestamptz, seed text, "promptDigest" text, words smallint,
            sketch int[], dials float8[], choices text)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}

/** What is looked at of a person: so many of their last runs of a model. */
export const LAST_RUNS = 400;

/** The last runs of some people of a model, oldest first. */
export async function lastTraces(tx: PoolClient, modelId: string, userIds: string[]): Promise<Trace[]> {
  const { rows } = await tx.query<Omit<Trace, 'atMs'> & { at: Date }>(
    `SELECT t.* FROM unnest($2::uuid[]) u(id) CROSS JOIN LATERAL (
       SELECT generation_id AS id, user_id AS "userId", quote_id AS "quoteId", at, seed, prompt_digest AS "promptDigest", words, sketch, dials, choices
         FROM protection_trace WHERE model_id = $1 AND user_id = u.id ORDER BY at DESC, generation_id DESC LIMIT $3) t ORDER BY t.at, t.id`,
    [modelId, userIds, LAST_RUNS],
  );
  return rows.map(({ at, ...row }) => ({ ...row, atMs: at.getTime() }));
}
