import type { z } from 'zod';
import type { SessionActor } from '@/lib/actor';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import type { createKeyInput } from '../schema';
import { digestOf, newSecret, startOf } from './secret';

/** Nobody has use for more; each is a secret that can be lost. */
const MOST_KEYS = 50;

/**
 * Makes a key for somebody who is signed in: no key makes another. The secret is in the answer and nowhere else. Throws `too_many_keys`,
 * `invalid_input` (a model that is not there, an end that is over).
 */
export async function createKey(
  { prisma, pool }: Database,
  { userId }: SessionActor,
  input: z.output<typeof createKeyInput>,
): Promise<{ id: string; secret: string }> {
  const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
  if (expiresAt && expiresAt <= new Date()) throw new AppError('invalid_input', { message: 'That end has passed already.' });
  const slugs = [...new Set(input.models)];
  const models = await prisma.model.findMany({
    where: { slug: { in: slugs }, OR: [{ status: { in: ['published', 'paused'] } }, { creatorId: userId }] },
    select: { id: true },
  });
  if (models.length < slugs.length) throw new AppError('invalid_input', { message: 'One of these models is not here.' });
  const secret = newSecret();
  const id = newId();
  await inTransaction(pool, async (tx) => {
    // One after the other for each person, so that the count holds.
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 12))', [userId]);
    const { rows } = await tx.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM api_key WHERE user_id = $1 AND revoked_at IS NULL AND coalesce(expires_at > now(), true)',
      [userId],
    );
    if ((rows[0]?.count ?? 0) >= MOST_KEYS) throw new AppError('too_many_keys');
    await tx.query(
      `INSERT INTO api_key (id, user_id, name, start, digest, scopes, model_ids, pass_id, cap_total, cap_day, cap_month, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[id, userId, input.name, startOf(secret), digestOf(secret), [...new Set(input.scopes)], models.map((model) => model.id)],
        ...[input.passId, input.capTotal, input.capDay, input.capMonth, expiresAt],
      ],
    );
    await tx.query('INSERT INTO api_key_spend (key_id) VALUES ($1)', [id]);
  });
  return { id, secret };
}
