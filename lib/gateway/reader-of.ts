import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { getWork } from '@/lib/works/get-work';
import type { Caller } from './doors/door';

/** Who a caller is to a work: nobody, as everyone is, where it is of a model that what they came with is not for. */
export async function readerOf({ prisma }: Pick<Database, 'prisma'>, { actor, modelIds }: Caller, workId: string): Promise<Actor | null> {
  if (modelIds.length === 0) return actor;
  const work = await prisma.work.findFirst({ where: { id: workId, version: { modelId: { in: [...modelIds] } } }, select: { id: true } });
  return work && actor;
}

/** Whether a caller may see a work, and so start from it. */
export async function mayRead(db: Database, caller: Caller, workId: string): Promise<boolean> {
  // Nothing to ask twice: what its owner may start from, the start decides.
  if (caller.modelIds.length === 0) return true;
  return (await getWork(db, await readerOf(db, caller, workId), workId)) !== null;
}
