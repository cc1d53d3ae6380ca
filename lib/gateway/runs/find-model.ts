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
export async function findModel(db: Pick<Database, 'prisma'>, { modelIds }: Pick<Caller, 'modelIds'>, name: string): Promise<NamedModel> {
  const missing = () => new AppError('not_found', { message: `There is no model “${name}” here.` });
  if (!isStorable(name)) throw missing();
  const row = await db.prisma.modelVersion.findFirst({
    where: /^0x[0-9a-f]{64}$/.test(name)
      ? { digest: name }
      : { model: { slug: name, status: { in: ['published', 'paused'] } }, publishedAt: { not: null } },
    orderBy: { number: 'desc' },
    select: { digest: true, publishedAt: true, model: { select: { id: true, slug: true, status: true } } },
  });
  if (!row) throw missing();
  if (modelIds.length > 0 && !modelIds.includes(row.model.id)) throw new AppError('model_not_allowed');
  if (row.publishedAt && row.model.status === 'paused') throw new AppError('model_paused');
  return { ...(await loadVersion(db, row.digest)), slug: row.model.slug };
}
