import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { ownModel } from './own';
import { saltOf } from './salt-of';
import { type addCanaryInput, type canaryRef, MOST_CANARIES } from './schema';
import { digestOf, wordsOf } from './traces/words';

/** Shorter ones are said by chance. */
const LEAST_WORDS = 4;
const MOST_WORDS = 200;

/** Registers a prompt or an output that nobody should come with. Its hash is kept, and not what it says. */
export async function addCanary(db: Database, actor: Actor, input: z.output<typeof addCanaryInput>): Promise<{ id: string }> {
  const { id: modelId } = await ownModel(db, actor, input.model);
  const words = input.kind === 'prompt' ? wordsOf(input.prompt) : null;
  if (words && (words.length < LEAST_WORDS || words.length > MOST_WORDS))
    throw new AppError('invalid_input', { message: `A canary has ${LEAST_WORDS} to ${MOST_WORDS} words: a shorter one is said by chance.` });
  const id = newId();
  await inTransaction(db.pool, async (tx) => {
    const text = input.kind === 'prompt' ? (words ?? []).join(' ') : input.content;
    // The model's row keeps two at once from both being the last that there is room for.
    await tx.query('SELECT 1 FROM model WHERE id = $1 FOR NO KEY UPDATE', [modelId]);
    const { rowCount } = await tx.query(
      `INSERT INTO protection_canary (id, model_id, kind, label, words, digest)
       SELECT $1, $2, $3::protection_canary_kind, $4, $5, $6 WHERE (SELECT count(*) FROM protection_canary WHERE model_id = $2) < $7
       ON CONFLICT (model_id, digest) DO UPDATE SET label = excluded.label`,
      [id, modelId, input.kind, input.label, words?.length ?? null, digestOf(await saltOf(tx, modelId), text), MOST_CANARIES],
    );
    if (!rowCount) throw new AppError('too_many_canaries');
  });
  return { id };
}

export async function removeCanary(db: Database, actor: Actor, { model, id }: z.output<typeof canaryRef>): Promise<void> {
  const { id: modelId } = await ownModel(db, actor, model);
  await db.prisma.protectionCanary.deleteMany({ where: { id, modelId } });
}

export type Canary = { id: string; kind: 'prompt' | 'output'; label: string; words: number | null; digest: string };
/** Most words of a prompt that are looked through. */
const WORDS_READ = 2_000;

/** Which canaries a run came with: the prompt is one or has one in it, or it starts from a marked output. */
export function canariesIn(
  canaries: Canary[],
  salt: string,
  run: { words: string[]; contents: string[] },
): { canary: Canary; match: 'equal' | 'within' }[] {
  const byDigest = new Map(canaries.map((canary) => [canary.digest, canary]));
  const found = new Map<string, { canary: Canary; match: 'equal' | 'within' }>();
  const look = (text: string, match: 'equal' | 'within') => {
    const canary = byDigest.get(digestOf(salt, text));
    if (canary && !found.has(canary.id)) found.set(canary.id, { canary, match });
  };
  for (const content of run.contents) look(content, 'equal');
  const words = run.words.slice(0, WORDS_READ);
  for (const length of new Set(canaries.flatMap((canary) => canary.words ?? []))) {
    for (let at = 0; at + length <= words.length; at++) look(words.slice(at, at + length).join(' '), length === words.length ? 'equal' : 'within');
  }
  return [...found.values()];
}
