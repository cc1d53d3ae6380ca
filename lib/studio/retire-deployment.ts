import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { ownDeployment } from './own';

/** Sends no more runs to a deployment. Those under way end as they would have. */
export async function retireDeployment(db: Database, actor: Actor, { deployment }: { deployment: string }): Promise<void> {
  await ownDeployment(db, actor, deployment);
  await db.prisma.deployment.updateMany({ where: { id: deployment, activeTo: null }, data: { activeTo: new Date() } });
}
