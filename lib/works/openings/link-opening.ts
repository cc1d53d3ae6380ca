import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '@/lib/actor';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { holdOpening } from './hold-opening';
import type { LinkOpeningInput } from './schema';

/** Links of one work that nobody has opened yet. */
const WAITING_AT_MOST = 20;
const DAY_MS = 86_400_000;

/** What of a link's token is kept: a copy of the database opens nothing. */
export const tokenDigest = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * Makes a link that shows the prompt of a work to whoever signs in with one address. The token is given out here and never again. Throws what
 * `holdOpening` throws, and `too_many_links`.
 */
export async function linkOpening(db: Database, actor: Actor, { id, address, days }: LinkOpeningInput): Promise<{ linkId: string; token: string }> {
  await holdOpening(db, actor, id);
  const token = randomBytes(32).toString('base64url');
  const linkId = newId();
  const expiresAt = days === null ? null : new Date(Date.now() + days * DAY_MS);
  await inTransaction(db.pool, async (tx) => {
    // Two at once are counted one after the other.
    await tx.query('SELECT 1 FROM work WHERE id = $1 FOR NO KEY UPDATE', [id]);
    const { rows } = await tx.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM opening_link
        WHERE work_id = $1 AND opened_at IS NULL AND withdrawn_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
      [id],
    );
    if ((rows[0]?.waiting ?? 0) >= WAITING_AT_MOST) throw new AppError('too_many_links');
    await tx.query('INSERT INTO opening_link (id, work_id, made_by, address, token_digest, expires_at) VALUES ($1, $2, $3, $4, $5, $6)', [
      ...[linkId, id, actor.userId],
      ...[address, tokenDigest(token), expiresAt],
    ]);
  });
  return { linkId, token };
}
