import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { storeSecret } from '@/lib/models/deployment-secret';
import { ownDeployment } from './own';
import type { replaceSecretInput } from './schema';

/** Stores other secrets for a deployment; the next call uses them. */
export async function replaceSecret(db: Database, actor: Actor, input: z.output<typeof replaceSecretInput>): Promise<void> {
  const { versionDigest } = await ownDeployment(db, actor, input.deployment);
  const { secret, webhookSecret } = input;
  await storeSecret(db.pool, { id: input.deployment, version: versionDigest }, { secret, webhookSecret });
  await db.prisma.deployment.updateMany({ where: { id: input.deployment }, data: { openUntil: null } });
}
