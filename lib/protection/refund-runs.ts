import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { derivedRef } from '@/lib/credits/derived-ref';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { refundCreatorShare } from '@/lib/payments/card/refund-creator-share';
import { ownModel, runnerOf } from './own';
import { recordStep } from './record-step';
import type { refundRunsInput } from './schema';

/**
 * Gives a wallet back what its last runs of this model brought their creator: the creator's own share, for the fee and a parent's share are not theirs to
 * give. The works stay what they are. A run is given back once. One transaction a run; asked again under the same id it goes on where it stopped. Throws
 * `insufficient_earnings` where the share was paid out and there is nothing else to take it from.
 */
export async function refundRuns(
  db: Database,
  actor: Actor,
  { id, model: slug, address, runs }: z.output<typeof refundRunsInput>,
): Promise<{ refunded: number }> {
  const model = await ownModel(db, actor, slug);
  const user = await runnerOf(db, model, address);
  const stepId = derivedRef('protection step', actor.userId, id);
  const isNew = await inTransaction(db.pool, (tx) =>
    recordStep(tx, actor, { id: stepId, modelId: model.id, userId: user.id, kind: 'refunded', details: { runs } }),
  );
  const step = await db.prisma.protectionStep.findUniqueOrThrow({ where: { id: stepId } });
  const asked = { modelId: model.id, userId: user.id, runs };
  if (!isNew && !isSame(step, asked)) throw new AppError('conflict');
  for (const run of await lastRuns(db, { ...asked, creatorId: actor.userId, before: step.at }, runs)) await refundRun(db, run, stepId, runs);
  return { refunded: await db.prisma.protectionRefund.count({ where: { stepId } }) };
}

const isSame = (step: { modelId: string; userId: string | null; details: unknown }, asked: { modelId: string; userId: string; runs: number }) =>
  step.modelId === asked.modelId && step.userId === asked.userId && (step.details as { runs?: number }).runs === asked.runs;

/** Those that are sealed: one that cannot be is refunded in full by itself (lib/works). */
async function lastRuns(
  { pool }: Database,
  who: { modelId: string; userId: string; creatorId: string; before: Date },
  limit: number,
): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT g.id FROM generation g JOIN model_version v ON v.digest = g.version_digest JOIN work w ON w.id = g.id
      WHERE g.user_id = $1 AND v.model_id = $2 AND g.creator_id = $3 AND g.state = 'captured' AND g.price_millicredits - g.fee_millicredits - g.parent_millicredits > 0
        AND g.created_at <= $5 AND w.sealed_at IS NOT NULL AND w.refunded_at IS NULL AND NOT EXISTS (SELECT FROM protection_refund r WHERE r.generation_id = g.id)
      ORDER BY g.created_at DESC, g.id DESC LIMIT $4`,
    [who.userId, who.modelId, who.creatorId, limit, who.before],
  );
  return rows.map(({ id }) => id);
}

/** One after the other for each step, so that two calls at once give back no more than one. */
const refundRun = ({ pool }: Database, id: string, stepId: string, most: number) =>
  inTransaction(pool, async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 13))', [stepId]);
    const ref = derivedRef('given back by its creator', id);
    const { rows } = await tx.query<{ amount: string }>(
      `INSERT INTO protection_refund (generation_id, step_id, ref, amount)
       SELECT g.id, $2, $3, g.price_millicredits - g.fee_millicredits - g.parent_millicredits FROM generation g
        WHERE g.id = $1 AND (SELECT count(*) FROM protection_refund r WHERE r.step_id = $2) < $4
       ON CONFLICT DO NOTHING RETURNING amount`,
      [id, stepId, ref, most],
    );
    if (rows.length > 0) await refundCreatorShare(tx, { capture: id, ref });
  });
