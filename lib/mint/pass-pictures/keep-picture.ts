import type { PoolClient } from 'pg';
import sharp from 'sharp';
import type { Actor } from '@/lib/actor';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { cidText, RAW } from '@/lib/protocol/cid';
import { storage } from '@/lib/storage/storage';
import { findUpload, readUploaded } from '@/lib/uploads/queries';
import { isTakenDown } from '@/lib/works/takedowns/is-taken-down';
import type { PassPictureDto, PassPictureInput } from './schema';

/** So that it is one raw block, whose CID is its sha-256. */
const WIDEST_PX = 1024;
/** Of the last days: who tried many pictures long ago tries others now. */
const UNUSED_AT_ONCE = 40;
const COUNTED_DAYS = 7;

type Picture = { blob: string; workId: string | null };

/**
 * Keeps a picture for tiers of one's own and returns its CID, under which everybody can read it once a tier has it. Throws `not_found`
 * (the work), `upload_gone`, `too_many_uploads`.
 */
export async function keepPassPicture(db: Database, actor: Actor, from: PassPictureInput): Promise<PassPictureDto> {
  const { userId } = actor;
  // Before anything is made of it, and again where it counts.
  await refuseHoarding(db.pool, userId);
  const { blob, workId } = 'work' in from ? await previewOfOwn(db, actor, from.work) : await copyOfUpload(db, actor, from.upload);
  await inTransaction(db.pool, async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`intaglio pass pictures ${userId}`]);
    await refuseHoarding(tx, userId);
    await tx.query('INSERT INTO pass_picture (blob, owner_id, work_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [blob, userId, workId]);
  });
  return { cid: cidText({ codec: RAW, digest: `0x${blob}` }) };
}

async function previewOfOwn({ prisma, pool }: Database, { userId }: Actor, id: string): Promise<Picture> {
  const work = await prisma.work.findFirst({ where: { id, ownerId: userId, refundedAt: null }, select: { previewLarge: true } });
  if (!work?.previewLarge || (await isTakenDown(pool, id))) throw new AppError('not_found');
  return { blob: work.previewLarge, workId: id };
}

/** A copy: the upload itself stays its owner's alone, and goes after a day. */
async function copyOfUpload(db: Database, { userId }: Actor, content: string): Promise<Picture> {
  const png = await readUploaded(await findUpload(db, userId, content));
  const webp = await sharp(png).resize(WIDEST_PX, WIDEST_PX, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 84 }).toBuffer();
  return { blob: await storage().put(webp), workId: null };
}

/** Nobody fills the disk with pictures that no tier has. Throws `too_many_uploads`. */
async function refuseHoarding(db: Pick<PoolClient, 'query'>, userId: string): Promise<void> {
  const { rows } = await db.query<{ blob: string }>('SELECT blob FROM pass_picture WHERE owner_id = $1 AND at > now() - make_interval(days => $2)', [
    userId,
    COUNTED_DAYS,
  ]);
  const cids = rows.map(({ blob }) => cidText({ codec: RAW, digest: `0x${blob}` }));
  const used = await db.query<{ cid: string }>('SELECT DISTINCT image_cid AS cid FROM pass_tier WHERE image_cid = ANY ($1)', [cids]);
  if (cids.length - used.rows.length >= UNUSED_AT_ONCE) {
    throw new AppError('too_many_uploads', { message: `You chose ${UNUSED_AT_ONCE} pictures this week that no tier has. Try again in some days.` });
  }
}
