import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import type { AllowlistDto, allowlistRef, editAllowlistInput, newAllowlistInput } from './tier-schema';

const MOST_LISTS = 50;
const MOST_ENTRIES = 10_000;

/** Throws `conflict` where somebody has as many lists as there can be. */
export async function createAllowlist(
  { pool }: Pick<Database, 'pool'>,
  { userId }: Actor,
  { name }: z.output<typeof newAllowlistInput>,
): Promise<{ id: string }> {
  const id = newId();
  await inTransaction(pool, async (tx) => {
    // One after the other for each person, so that the count holds.
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`intaglio allowlists ${userId}`]);
    const { rows } = await tx.query<{ count: number }>('SELECT count(*)::int AS count FROM allowlist WHERE creator_id = $1', [userId]);
    if ((rows[0]?.count ?? 0) >= MOST_LISTS)
      throw new AppError('conflict', { message: `You have ${MOST_LISTS} lists, which is as many as there can be.` });
    await tx.query('INSERT INTO allowlist (id, creator_id, name) VALUES ($1, $2, $3)', [id, userId, name]);
  });
  return { id };
}

/** Puts addresses on a list of one's own and takes others off; counts from the next call of theirs on. Throws `not_found`, `too_large`. */
export async function editAllowlist(
  db: Database,
  { userId }: Actor,
  { allowlistId, add, remove }: z.output<typeof editAllowlistInput>,
): Promise<void> {
  await inTransaction(db.pool, async (tx) => {
    // Locked, so that two at once do not both find room.
    const { rowCount } = await tx.query('SELECT 1 FROM allowlist WHERE id = $1 AND creator_id = $2 FOR UPDATE', [allowlistId, userId]);
    if (rowCount === 0) throw new AppError('not_found');
    await tx.query('DELETE FROM allowlist_entry WHERE allowlist_id = $1 AND address = ANY ($2)', [allowlistId, remove]);
    await tx.query('INSERT INTO allowlist_entry (allowlist_id, address) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING', [allowlistId, add]);
    const { rows } = await tx.query<{ count: string }>('SELECT count(*) FROM allowlist_entry WHERE allowlist_id = $1', [allowlistId]);
    if (Number(rows[0]?.count) > MOST_ENTRIES)
      throw new AppError('too_large', { message: `A list has at most ${MOST_ENTRIES.toLocaleString('en-GB')} addresses.` });
  });
}

/**
 * Throws `not_found`, `wrong_state` while a rule names it: a rule without its list would keep everyone out. Whoever writes a rule holds the list meanwhile
 * (set-access.ts).
 */
export async function deleteAllowlist(db: Database, { userId }: Actor, { allowlistId }: z.output<typeof allowlistRef>): Promise<void> {
  await inTransaction(db.pool, async (tx) => {
    const { rowCount } = await tx.query('SELECT 1 FROM allowlist WHERE id = $1 AND creator_id = $2 FOR UPDATE', [allowlistId, userId]);
    if (rowCount === 0) throw new AppError('not_found');
    const used = await tx.query(
      `SELECT 1 FROM access_rule r JOIN model m ON m.id = r.model_id WHERE m.creator_id = $2 AND strpos(r.rule::text, $1) > 0`,
      [allowlistId, userId],
    );
    if (used.rowCount) throw new AppError('wrong_state', { message: 'A model lets in who is on this list. Change its rule first.' });
    await tx.query('DELETE FROM allowlist WHERE id = $1', [allowlistId]);
  });
}

export async function listAllowlists({ prisma }: Database, { userId }: Actor): Promise<AllowlistDto[]> {
  const rows = await prisma.allowlist.findMany({
    where: { creatorId: userId },
    orderBy: { createdAt: 'asc' },
    include: { _count: { select: { entries: true } } },
  });
  return rows.map(({ id, name, _count }) => ({ id, name, count: _count.entries }));
}

/** Addresses of a list of one's own, in order of the alphabet. Throws `not_found`. */
export async function allowlistEntries({ prisma }: Database, { userId }: Actor, allowlistId: string): Promise<string[]> {
  const list = await prisma.allowlist.findFirst({
    where: { id: allowlistId, creatorId: userId },
    select: { entries: { orderBy: { address: 'asc' }, select: { address: true } } },
  });
  if (!list) throw new AppError('not_found');
  return list.entries.map(({ address }) => address);
}
