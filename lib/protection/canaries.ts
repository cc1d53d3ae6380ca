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
    const salt = await saltOf(tx, modelId);
    // The model's row keeps two at once from both being the last that there is room for.
    await tx.query('SELECT 1 FROM model WHERE id = $1 FOR NO KEY UPDATE', [modelId]);
    const { rowCount } = await tx.query(
      `INSERT INTO protection_canary (id, model_id, kind, label, words, head, digest)
       SELECT $1, $2, $3::protection_canary_kind, $4, $5, $6, $7 WHERE (SELECT count(*) FROM protection_canary WHERE model_id = $2) < $8
       ON CONFLICT (model_id, digest) DO UPDATE SET label = excluded.label`,
      [id, modelId, input.kind, input.label, words?.length ?? null, words && headOf(salt, words), digestOf(salt, text), MOST_CANARIES],
    );
    if (!rowCount) throw new AppError('too_many_canaries');
  });
  return { id };
}

export async function removeCanary(db: Database, actor: Actor, { model, id }: z.output<typeof canaryRef>): Promise<void> {
  const { id: modelId } = await ownModel(db, actor, model);
  await db.prisma.protectionCanary.deleteMany({ where: { id, modelId } });
}

/** `head`: of the first words of a prompt, by which a place is found where the rest is worth a look. */
export type Canary = { id: string; kind: 'prompt' | 'output'; label: string; words: number | null; head: string | null; digest: string };
export const headOf = (salt: string, words: string[], at = 0): string => digestOf(salt, `head ${words.slice(at, at + LEAST_WORDS).join(' ')}`);
/** Most words of a prompt that are looked through. */
const WORDS_READ = 2_000;
/** Most places that are looked at whole: a creator who makes canaries and prompts that begin alike everywhere would else keep a worker busy for minutes. */
const PLACES_READ = 500;

type Found = { canary: Canary; match: 'equal' | 'within' };

/** Which canaries a run came with: the prompt is one or has one in it, or it starts from a marked output. */
export function canariesIn(canaries: Canary[], salt: string, run: { words: string[]; contents: string[] }): Found[] {
  const found = new Map<string, Found>();
  for (const content of run.contents.map((text) => digestOf(salt, text)))
    for (const canary of canaries) if (canary.kind === 'output' && canary.digest === content) found.set(canary.id, { canary, match: 'equal' });
  const byHead = new Map<string, Canary[]>();
  for (const canary of canaries) if (canary.head) byHead.set(canary.head, [...(byHead.get(canary.head) ?? []), canary]);
  const words = run.words.slice(0, WORDS_READ);
  let places = 0;
  for (let at = 0; byHead.size > 0 && at + LEAST_WORDS <= words.length; at++) {
    for (const canary of byHead.get(headOf(salt, words, at)) ?? []) {
      const end = at + (canary.words ?? 0);
      if (found.has(canary.id) || end > words.length) continue;
      const said = words.slice(at, end);
      places += 1;
      if (places > PLACES_READ) return [...found.values()];
      if (digestOf(salt, said.join(' ')) === canary.digest)
        found.set(canary.id, { canary, match: said.length === run.words.length ? 'equal' : 'within' });
    }
  }
  return [...found.values()];
}
