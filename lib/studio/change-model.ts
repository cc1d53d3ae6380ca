import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { storeSecret } from '@/lib/models/deployment-secret';
import { checkDeployment } from './check-deployment';
import { newDeployment } from './new-deployment';
import { ownDeployment, ownVersion } from './own';
import { priceData } from './price-data';
import type { addDeploymentInput, replaceSecretInput, setPriceInput, statusInput } from './schema';

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

/** Adds a deployment to a version, behind those it has: runs go there when the others fail. */
export async function addDeployment(
  db: Database,
  actor: Actor,
  { version, deployment }: z.output<typeof addDeploymentInput>,
): Promise<{ id: string }> {
  await ownVersion(db, actor, version);
  checkDeployment(deployment);
  const count = await db.prisma.deployment.count({ where: { versionDigest: version } });
  const row = newDeployment(version, deployment);
  await db.prisma.deployment.create({ data: { ...row, priority: Math.min(count, 1000), version: { connect: { digest: version } } } });
  return { id: row.id };
}

/** Sends no more runs to a deployment. Those under way end as they would have. */
export async function retireDeployment(db: Database, actor: Actor, { deployment }: { deployment: string }): Promise<void> {
  await ownDeployment(db, actor, deployment);
  await db.prisma.deployment.updateMany({ where: { id: deployment, activeTo: null }, data: { activeTo: new Date() } });
}

/** Stores other secrets for a deployment; the next call uses them. */
export async function replaceSecret(db: Database, actor: Actor, input: z.output<typeof replaceSecretInput>): Promise<void> {
  const { versionDigest } = await ownDeployment(db, actor, input.deployment);
  const { secret, webhookSecret } = input;
  await storeSecret(db.pool, { id: input.deployment, version: versionDigest }, { secret, webhookSecret });
  await db.prisma.deployment.updateMany({ where: { id: input.deployment }, data: { openUntil: null } });
}

/** A price from now on. Quotes that were given stand until they expire. */
export async function setPrice(db: Database, actor: Actor, { version, price }: z.output<typeof setPriceInput>): Promise<void> {
  await ownVersion(db, actor, version);
  await db.prisma.price.create({ data: { id: newId(), versionDigest: version, ...priceData(price) } });
}
