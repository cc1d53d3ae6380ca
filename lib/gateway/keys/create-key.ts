import type { z } from 'zod';
import type { SessionActor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import type { createKeyInput } from '../schema';
import { digestOf, newSecret, startOf } from './secret';

/** Nobody has use for more; each is a secret that can be lost. */
const MOST_KEYS = 50;
const cap = (text: string | null) => (text === null ? null : BigInt(text));

/**
 * Makes a key for somebody who is signed in: no key makes another. The secret is in the answer and nowhere else. Throws `too_many_keys`,
 * `invalid_input` (a model that is not there, an end that is over).
 */
export async function createKey(
  { prisma }: Database,
  { userId }: SessionActor,
  input: z.output<typeof createKeyInput>,
): Promise<{ id: string; secret: string }> {
  const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
  if (expiresAt && expiresAt <= new Date()) throw new AppError('invalid_input', { message: 'That end has passed already.' });
  const slugs = [...new Set(input.models)];
  const models = await prisma.model.findMany({ where: { slug: { in: slugs } }, select: { id: true } });
  if (models.length < slugs.length) throw new AppError('invalid_input', { message: 'One of these models is not here.' });
  const secret = newSecret();
  const id = newId();
  await prisma.$transaction(async (tx) => {
    // One after the other for each person, so that the count holds.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${userId}, 12))`;
    if ((await tx.apiKey.count({ where: { userId, revokedAt: null } })) >= MOST_KEYS) throw new AppError('too_many_keys');
    await tx.apiKey.create({
      data: {
        id,
        userId,
        name: input.name,
        start: startOf(secret),
        digest: digestOf(secret),
        scopes: [...new Set(input.scopes)],
        modelIds: models.map((model) => model.id),
        passId: input.passId,
        capTotal: cap(input.capTotal),
        capDay: cap(input.capDay),
        capMonth: cap(input.capMonth),
        expiresAt,
        spend: { create: {} },
      },
    });
  });
  return { id, secret };
}
