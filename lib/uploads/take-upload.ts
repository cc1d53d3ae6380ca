import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { inTurn } from '@/lib/in-turn';
import { localModeration } from '@/lib/inference/moderation/moderation';
import { rasterContent } from '@/lib/protocol/content';
import { nativeSha256 } from '@/lib/storage/native-sha256';
import { uploadStorage } from '@/lib/storage/storage';
import { readPicture } from './read-picture';
import type { UploadDto } from './schema';

/** A decoded picture is up to 160 MB. */
const decoding = inTurn({ most: 2, waiting: 30 });
const UNUSED_AT_ONCE = 40;

/**
 * Takes a picture that runs can start from: checked, encoded anew, looked at by the safety filter, stored. The same picture again is the same
 * upload, kept for another day. Throws `upload_unread`, `upload_blocked`, `too_many_uploads`, `rate_limited`.
 */
export async function takeUpload(db: Database, { userId }: Actor, bytes: Uint8Array): Promise<UploadDto> {
  const picture = await decoding(() => readPicture(bytes));
  if (await localModeration.checkImage(picture)) throw new AppError('upload_blocked');
  const { width, height, png } = picture;
  const content = rasterContent(picture, nativeSha256);
  await refuseHoarding(db, userId, content);
  // Row first: bytes without one would never be swept. Where it is there already, its sweeper either was before us or leaves it alone now.
  const { rows } = await db.pool.query<{ blob: string }>(
    `INSERT INTO upload (id, owner_id, content, width, height, blob) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (owner_id, content) DO UPDATE SET sent_at = now() RETURNING blob`,
    [newId(), userId, content, width, height, nativeSha256([png])],
  );
  const files = uploadStorage(userId);
  if (!(await files.has(rows[0]?.blob ?? ''))) await files.put(png);
  return { content, width, height };
}

/** Nobody fills the disk with pictures that nothing is made of. */
async function refuseHoarding({ pool }: Database, userId: string, content: string): Promise<void> {
  const { rows } = await pool.query<{ unused: number }>(
    `SELECT count(*)::int AS unused FROM upload u
      WHERE owner_id = $1 AND content <> $2 AND NOT EXISTS (SELECT 1 FROM generation g WHERE g.upload_id = u.id AND g.state = 'captured')`,
    [userId, content],
  );
  if ((rows[0]?.unused ?? 0) >= UNUSED_AT_ONCE) throw new AppError('too_many_uploads');
}
