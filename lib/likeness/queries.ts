import 'server-only';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { IS_PUBLIC, loadCards } from '@/lib/works/queries';
import { closenessOf } from './compare';
import { nearest } from './nearest';
import type { Likeness } from './read-likeness';
import type { CopyDto, Resemblance } from './schema';

const MOST_SHOWN = 12;
const MOST_COPIES = 100;

/** Public works that look like a picture, nearest first. Null, a picture without form, looks like none. */
export async function findAlike(db: Database, likeness: Likeness | null): Promise<Resemblance[]> {
  if (!likeness) return [];
  const near = (await nearest(db.pool, likeness, IS_PUBLIC)).slice(0, MOST_SHOWN);
  const cards = await loadCards(
    db,
    near.map(({ id }) => id),
  );
  return near.flatMap(({ id, difference }) => {
    const card = cards.get(id);
    if (!card) return [];
    const { title, modelName, preview } = card;
    const closeness = closenessOf(difference);
    return [{ id, title, model: modelName, page: `/works/${id}`, previewSrc: preview.small, closeness, difference }];
  });
}

type PairRow = { earlier_id: string; later_id: string; difference: number; declared: boolean };
const PAIRS = `SELECT p.earlier_id, p.later_id, p.difference, g.parent_work_id IS NOT DISTINCT FROM p.earlier_id AS declared
  FROM likeness_pair p JOIN work o ON o.id = p.earlier_id JOIN model_version ov ON ov.digest = o.version_digest JOIN model om ON om.id = ov.model_id
       JOIN work w ON w.id = p.later_id JOIN model_version v ON v.digest = w.version_digest JOIN model m ON m.id = v.model_id
       JOIN generation g ON g.id = w.id
  WHERE ${IS_PUBLIC} AND w.refunded_at IS NULL AND o.refunded_at IS NULL`;

/** Other people's public works, made later, that look like works of the actor's. */
export function listCopiesOfMine(db: Database, actor: Actor): Promise<CopyDto[]> {
  return copies(db, `o.owner_id = $1 AND w.owner_id <> $1`, [actor.userId]);
}

/**
 * Public works of other creators' models, made later, that look like works of this model of the actor's. A work of the model that its owner keeps
 * private stays so: its creator has no right to see it.
 */
export function listCopiesOfModel(db: Database, actor: Actor, slug: string): Promise<CopyDto[]> {
  const originalIsSeen = `(o.owner_id = $1 OR ${IS_PUBLIC.replaceAll('w.', 'o.')})`;
  return copies(db, `om.creator_id = $1 AND om.slug = $2 AND m.creator_id <> $1 AND ${originalIsSeen}`, [actor.userId, slug]);
}

async function copies(db: Database, where: string, values: unknown[]): Promise<CopyDto[]> {
  const { rows } = await db.pool.query<PairRow>(`${PAIRS} AND ${where} ORDER BY w.captured_at DESC, p.difference LIMIT ${MOST_COPIES}`, values);
  const cards = await loadCards(db, [...new Set(rows.flatMap((row) => [row.earlier_id, row.later_id]))]);
  return rows.flatMap(({ earlier_id, later_id, difference, declared }) => {
    const [original, copy] = [cards.get(earlier_id), cards.get(later_id)];
    if (!original || !copy) return [];
    return [
      {
        original: { id: original.id, title: original.title, previewSrc: original.preview.small },
        copy: { id: copy.id, title: copy.title, modelName: copy.modelName, previewSrc: copy.preview.small, madeAt: copy.capturedAt },
        closeness: closenessOf(difference),
        isDeclared: declared,
      },
    ];
  });
}
