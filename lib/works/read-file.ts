import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { isDisputed } from '@/lib/payments/card/queries';
import { storage } from '@/lib/storage/storage';
import { fileName } from './get-work';
import type { Preview } from './preview-response';
import { HAS_PUBLIC_PAGE, IS_TAKEN_DOWN } from './queries';

type Row = {
  owner_id: string;
  public: boolean;
  minted: boolean;
  slug: string;
  content: string;
  text: string | null;
  preview_small: string | null;
  preview_large: string | null;
  sealed_blob: string | null;
  token_blob: string | null;
  refunded_at: Date | null;
  taken_down: boolean;
};

async function find({ pool }: Database, workId: string): Promise<Row> {
  const { rows } = await pool.query<Row>({
    name: 'work_file',
    text: `SELECT w.owner_id, ${HAS_PUBLIC_PAGE} AS public, EXISTS (SELECT 1 FROM token t WHERE t.receipt_digest = w.receipt_digest) AS minted, m.slug, w.content, w.text,
             w.preview_small, w.preview_large, w.sealed_blob, vo.sealed_blob AS token_blob, w.refunded_at,
             ${IS_TAKEN_DOWN} AS taken_down
           FROM work w JOIN model_version v ON v.digest = w.version_digest JOIN model m ON m.id = v.model_id LEFT JOIN voucher vo ON vo.work_id = w.id
           WHERE w.id = $1`,
    values: [workId],
  });
  if (!rows[0]) throw new AppError('not_found');
  return rows[0];
}

/** A preview (WebP) of a work, by its digest. Throws `taken_down`, and `not_found` also where the work is private and somebody else's. */
export async function findPreview(db: Database, actor: Actor | null, workId: string, digest: string): Promise<Preview> {
  const work = await find(db, workId);
  const isTheirs = actor?.userId === work.owner_id;
  if ((!work.public && !isTheirs) || (digest !== work.preview_small && digest !== work.preview_large)) throw new AppError('not_found');
  if (work.taken_down) throw new AppError('taken_down');
  return { digest, isPublic: work.public, read: () => storage().get(digest) };
}

/**
 * The sealed PNG: the token's own file once a voucher fixed it. For the owner, and for everyone once it is minted. What a disputed payment
 * paid for waits until that is settled, unless it is minted.
 */
export async function readSealedFile(db: Database, actor: Actor | null, workId: string): Promise<{ bytes: Buffer; name: string }> {
  const { slug, content, blob } = await findReadable(db, actor, workId);
  return { bytes: await storage().get(blob), name: fileName(slug, content, 'png') };
}

/** The text of a text, for whoever may have its file: exactly the bytes that its `content` is over. Throws `not_found` where it is a picture. */
export async function readTextFile(db: Database, actor: Actor | null, workId: string): Promise<{ bytes: Buffer; name: string }> {
  const { slug, content, text } = await findReadable(db, actor, workId);
  if (text === null) throw new AppError('not_found');
  return { bytes: Buffer.from(text), name: fileName(slug, content, 'txt') };
}

async function findReadable(db: Database, actor: Actor | null, workId: string): Promise<Row & { blob: string }> {
  const work = await find(db, workId);
  const isTheirs = actor?.userId === work.owner_id;
  if (!work.minted && !isTheirs) throw new AppError('not_found');
  if (work.taken_down) throw new AppError('taken_down');
  const blob = work.token_blob ?? work.sealed_blob;
  if (!blob || work.refunded_at) throw new AppError('not_sealed');
  if (!work.minted && (await isDisputed(db.pool, workId))) throw new AppError('payment_disputed');
  return { ...work, blob };
}
