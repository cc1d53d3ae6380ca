import 'server-only';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { localModeration } from '@/lib/inference/moderation/moderation';
import { holdOpening } from './hold-opening';

/**
 * Shows the prompt of a work to everyone who sees the work, for good: the row is the record of who did and when, and is never removed. Again is the
 * same. Throws what `holdOpening` throws, and `reveal_blocked` where the safety filter refuses the prompt.
 */
export async function revealOpening(db: Database, actor: Actor, { id }: { id: string }): Promise<{ revealedAt: string }> {
  const { prompt } = await holdOpening(db, actor, id);
  // It passed when the run was asked for; the lists may have grown since, and a run is not a publication.
  if (await localModeration.checkText(prompt)) throw new AppError('reveal_blocked');
  await db.pool.query('INSERT INTO opening_reveal (work_id, revealed_by) VALUES ($1, $2) ON CONFLICT DO NOTHING', [id, actor.userId]);
  const { revealedAt } = await db.prisma.openingReveal.findUniqueOrThrow({ where: { workId: id } });
  return { revealedAt: revealedAt.toISOString() };
}
