import 'server-only';
import type { Database } from '@/lib/db';
import { cidText, RAW } from '@/lib/protocol/cid';
import type { Known } from './schema';

type PublicRow = { id: string; sameReceipt: boolean; title: string; small: string | null; large: string | null; image_cid: string | null };

/**
 * The public work (shared, or minted) of this receipt, else the oldest one with this content, which is said (`sameReceipt`): the same pixels do not
 * make it the work that was asked about. What is said of a work, a takedown too, is said of the one that was asked about. A private work is never named, whoever holds its file. Of a work that was taken down the page stays, and says so. The file itself
 * is everyone's once it is minted.
 */
export async function publicWork({ pool }: Database, content: string, receiptDigest: string | null): Promise<Known['work']> {
  const { rows } = await pool.query<PublicRow>(
    `SELECT w.id, w.receipt_digest IS NOT DISTINCT FROM $2 AS "sameReceipt", CASE WHEN minted THEN coalesce(vo.label, m.name) ELSE m.name END AS title, CASE WHEN NOT down THEN w.preview_small END AS small,
            CASE WHEN NOT down THEN w.preview_large END AS large, CASE WHEN minted AND NOT down THEN vo.image_cid END AS image_cid
     FROM work w JOIN model_version v ON v.digest = w.version_digest JOIN model m ON m.id = v.model_id LEFT JOIN voucher vo ON vo.work_id = w.id
          CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM token t WHERE t.receipt_digest = w.receipt_digest) AS minted,
                                     EXISTS (SELECT FROM takedown d WHERE d.work_id = w.id AND d.lifted_at IS NULL) AS down) state
     WHERE w.content = $1 AND w.refunded_at IS NULL AND (w.shared_at IS NOT NULL OR minted)
     ORDER BY "sameReceipt" DESC, w.captured_at LIMIT 1`,
    [content, receiptDigest],
  );
  if (!rows[0]) return null;
  const { id, title, sameReceipt, small, large, image_cid: imageCid } = rows[0];
  const media = (digest: string) => `/media/${id}/${digest}.webp`;
  return {
    ...{ id, title, sameReceipt, previewSrc: small && media(small) },
    preview: large ? { cid: cidText({ codec: RAW, digest: `0x${large}` }), src: media(large) } : null,
    image: imageCid ? { cid: imageCid, src: `/ipfs/${imageCid}` } : null,
  };
}

/** Whether an operator took a work off our servers. */
export async function isTakenDown(prisma: Database['prisma'], workId: string): Promise<boolean> {
  return (await prisma.takedown.count({ where: { workId, liftedAt: null } })) > 0;
}
