import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { loadVersion } from '@/lib/models/load-version';
import { checkClaims } from './check-claims';
import { checkDeployment } from './check-deployment';
import { newDeployment } from './new-deployment';
import { ownVersion } from './own';
import type { addDeploymentInput } from './schema';

/**
 * Adds a deployment to a version, behind those it has: runs go there when the others fail. What the version claims holds for its runs, too.
 * Throws `not_found`, `invalid_input`.
 */
export async function addDeployment(
  db: Database,
  actor: Actor,
  { version, deployment }: z.output<typeof addDeploymentInput>,
): Promise<{ id: string }> {
  await ownVersion(db, actor, version);
  const { manifest } = await loadVersion(db, version);
  checkDeployment(deployment, manifest.parameters);
  checkClaims(deployment, manifest);
  const count = await db.prisma.deployment.count({ where: { versionDigest: version } });
  const row = newDeployment(version, deployment);
  await db.prisma.deployment.create({ data: { ...row, priority: Math.min(count, 1000), version: { connect: { digest: version } } } });
  return { id: row.id };
}
