import 'server-only';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { OpeningFile } from '@/lib/protocol/opening-file';
import { tokenDigest } from './link-opening';
import { loadOpening } from './load-opening';

/**
 * Shows the prompt behind a link to the address it was made for, and notes when it first did. One answer, `not_found`, to everybody else and for
 * every link that is unknown, withdrawn, over, or of a work that was taken down: what a link is of is its address's business alone.
 */
export async function openLink(db: Database, actor: Actor, { token }: { token: string }): Promise<OpeningFile> {
  const { rows } = await db.pool.query<{ work_id: string }>(
    'SELECT work_id FROM opening_link WHERE token_digest = $1 AND address = $2 AND withdrawn_at IS NULL AND (expires_at IS NULL OR expires_at > now())',
    [tokenDigest(token), actor.address.toLowerCase()],
  );
  const found = rows[0] && (await loadOpening(db, rows[0].work_id));
  if (!found || found.isTakenDown) throw new AppError('not_found');
  if (!found.file) throw new AppError('opening_gone');
  // Asked again where it is noted: it may have been withdrawn meanwhile.
  const { rowCount } = await db.pool.query(
    `UPDATE opening_link SET opened_at = coalesce(opened_at, now())
      WHERE token_digest = $1 AND address = $2 AND withdrawn_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
    [tokenDigest(token), actor.address.toLowerCase()],
  );
  if (rowCount !== 1) throw new AppError('not_found');
  return found.file;
}
