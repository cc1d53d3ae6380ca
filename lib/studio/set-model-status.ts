import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { statusInput } from './schema';

/**
 * Pauses a model, opens it again, or retires it for good; opening forgives its endpoints their faults. Runs under way end as they would have.
 * Throws `not_found`, `wrong_state` (nothing published yet, or retired).
 */
export async function setModelStatus({ prisma }: Database, actor: Actor, { model, status }: z.output<typeof statusInput>): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const own = await tx.model.findFirst({ where: { slug: model, creatorId: actor.userId }, select: { id: true } });
    if (!own) throw new AppError('not_found');
    const { count } = await tx.model.updateMany({
      where: { id: own.id, status: { in: ['published', 'paused'] } },
      data: { status, pausedBecause: null },
    });
    if (count === 0) throw new AppError('wrong_state');
    if (status !== 'published') return;
    await tx.deployment.updateMany({ where: { version: { modelId: own.id } }, data: { failures: 0, openUntil: null } });
  });
}
