import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { type LoadedVersion, loadVersion } from '@/lib/models/load-version';
import { isStorable } from '@/lib/storable-text';
import type { Caller } from '../doors/door';

export type NamedModel = LoadedVersion & { slug: string };

/**
 * A model as callers name it: by slug (its newest published version) or by a version’s digest. Throws `not_found`, `model_paused`, and
 * `model_not_allowed` where what they came with is for others.
 */
export async function findModel(db: Pick<Database, 'prisma' | 'pool'>, { modelIds }: Pick<Caller, 'modelIds'>, name: string): Promise<NamedModel> {
  const row = isStorable(name) ? await findRow(db, name) : undefined;
  if (!row) throw new AppError('not_found', { message: `There is no model “${name}” here.` });
  if (modelIds.length > 0 && !modelIds.includes(row.model_id)) throw new AppError('model_not_allowed');
  if (row.is_published && row.status === 'paused') throw new AppError('model_paused');
  return { ...(await loadVersion(db, row.digest)), slug: row.slug };
}

type Row = { digest: string; is_published: boolean; model_id: string; slug: string; status: string };

/** Every start asks this, so that it is one round trip. */
async function findRow({ pool }: Pick<Database, 'pool'>, name: string): Promise<Row | undefined> {
  const isDigest = /^0x[0-9a-f]{64}$/.test(name);
  const { rows } = await pool.query<Row>({
    name: isDigest ? 'find_model_by_digest' : 'find_model_by_slug',
    text: `SELECT v.digest, v.published_at IS NOT NULL AS is_published, m.id AS model_id, m.slug, m.status FROM model_version v JOIN model m ON m.id = v.model_id
            WHERE ${isDigest ? 'v.digest = $1' : `m.slug = $1 AND m.status IN ('published', 'paused') AND v.published_at IS NOT NULL ORDER BY v.number DESC LIMIT 1`}`,
    values: [name],
  });
  return rows[0];
}
