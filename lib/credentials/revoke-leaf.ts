import 'server-only';
import type { Actor } from '@/lib/actor';
import { raiseAlert } from '@/lib/alerts/raise-alert';
import { requireOperator } from '@/lib/auth/operator';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { retireLeaf } from './certificate-rows';
import { alone } from './house-credentials';

/**
 * Every file that this leaf signed becomes invalid for our readers, and the next is signed by a new one. For good. All operators hear of it. Throws
 * `not_found` where it is no leaf of ours, or is revoked already.
 */
export async function revokeLeaf(db: Pick<Database, 'pool'>, actor: Actor, { serial, because }: { serial: string; because: string }): Promise<void> {
  requireOperator(actor);
  await alone(db, async (tx) => {
    const { rows } = await tx.query<{ is_current: boolean }>(
      `SELECT retired_at IS NULL AS is_current FROM credential_certificate WHERE role = 'leaf' AND serial = $1 AND revoked_at IS NULL`,
      [serial],
    );
    if (!rows[0]) throw new AppError('not_found');
    if (rows[0].is_current) await retireLeaf(tx, { userId: actor.userId, because });
    await tx.query('UPDATE credential_certificate SET revoked_at = now(), revoked_by = $2, revoked_because = $3 WHERE serial = $1', [
      serial,
      actor.userId,
      because,
    ]);
    const text = 'A certificate of Content Credentials was revoked. What it signed is invalid for our checks from now on.';
    await raiseAlert(tx, {
      key: `credentials_revoked/${serial}`,
      kind: 'credentials_revoked',
      text,
      details: { serial, because, by: actor.address },
    });
  });
}
