import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { describeInput } from './schema';

/** Changes what a model's page says of it. Its name stands in every manifest and stays. Throws `not_found`. */
export async function describeModel(
  { prisma }: Database,
  actor: Actor,
  { model, tagline, description }: z.output<typeof describeInput>,
): Promise<void> {
  const { count } = await prisma.model.updateMany({ where: { slug: model, creatorId: actor.userId }, data: { tagline, description } });
  if (count === 0) throw new AppError('not_found');
}
