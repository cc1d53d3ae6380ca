import 'server-only';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { retireLeaf } from './certificate-rows';
import { alone } from './house-credentials';

/**
 * Destroys the key of the current leaf before its days are over; the next sealing makes a new one. What it signed stays trusted. Throws `not_found`
 * where that leaf is not the current one: pressed twice, it does not take away the one that came after.
 */
export async function replaceLeaf(db: Pick<Database, 'pool'>, actor: Actor, { serial, because }: { serial: string; because: string }): Promise<void> {
  requireOperator(actor);
  await alone(db, async (tx) => {
    const { rowCount } = await tx.query(`SELECT FROM credential_certificate WHERE role = 'leaf' AND serial = $1 AND retired_at IS NULL`, [serial]);
    if (!rowCount) throw new AppError('not_found');
    await retireLeaf(tx, { userId: actor.userId, because });
    log.info({ serial, because, by: actor.address }, 'a certificate of Content Credentials was replaced');
  });
}
