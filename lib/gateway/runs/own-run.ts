import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { listGenerations } from '@/lib/generations/queries';
import type { GenerationDto } from '@/lib/generations/schema';
import { uuidInput } from '@/lib/uuid-input';
import type { Caller } from '../doors/door';

/** The id of something in a path. Throws `not_found` where there can be no such thing. */
export function idIn({ params }: { params: Record<string, string> }): string {
  const id = uuidInput.safeParse(params.id);
  if (!id.success) throw new AppError('not_found');
  return id.data;
}

/** A run of the caller's. Throws `not_found`, also for somebody else’s, and for one of a model that what they came with is not for. */
export async function ownRun(db: Database, { caller, params }: { caller: Caller; params: Record<string, string> }): Promise<GenerationDto> {
  const [run] = await listGenerations(db, caller.actor, { id: idIn({ params }), modelIds: caller.modelIds });
  if (!run) throw new AppError('not_found');
  return run;
}
