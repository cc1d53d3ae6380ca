import type { Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { licenceOf } from '@/lib/models/licences';
import { loadVersion } from '@/lib/models/load-version';

/** A work that a run starts from, and what its model's creator gets of the fee. */
export type Parent = { workId: string; kind: 'image' | 'text'; receipt: Hex; content: Hex; creatorId: string; shareBps: number };

/**
 * A work that the actor may remix: their own, or one that is public, not taken down, under a licence that allows it. Throws `not_found`, `licence_conflict`.
 */
export async function loadParent(db: Database, { userId }: Actor, workId: string): Promise<Parent> {
  const { rows } = await db.pool.query<{ kind: Parent['kind']; receipt: Hex; content: Hex; version: string }>(
    `SELECT w.kind, w.receipt_digest AS receipt, w.content, w.version_digest AS version FROM work w
      WHERE w.id = $1 AND w.refunded_at IS NULL AND w.sealed_at IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM takedown d WHERE d.work_id = w.id AND d.lifted_at IS NULL)
        AND (w.owner_id = $2 OR w.shared_at IS NOT NULL OR EXISTS (SELECT 1 FROM token t WHERE t.receipt_digest = w.receipt_digest))`,
    [workId, userId],
  );
  const [found] = rows;
  if (!found) throw new AppError('not_found');
  const { creatorId, manifest } = await loadVersion(db, found.version);
  if (licenceOf(manifest.licence)?.derivatives === false) {
    throw new AppError('licence_conflict', { message: 'The licence of this work does not allow works made from it.' });
  }
  return { workId, kind: found.kind, receipt: found.receipt, content: found.content, creatorId, shareBps: manifest.derivativeShareBps };
}
