import { notFound } from 'next/navigation';
import { currentActor } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { getOwnModel } from '@/lib/studio/queries';
import type { StudioModelDto } from '@/lib/studio/schema';

/** The model of a studio page, for its creator. Not there for anybody else. */
export async function ownModel(slug: string): Promise<StudioModelDto> {
  const actor = await currentActor();
  const model = actor && (await getOwnModel(database(), actor, slug));
  if (!model) notFound();
  return model;
}
