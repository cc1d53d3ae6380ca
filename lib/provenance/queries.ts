import 'server-only';
import type { Database } from '@/lib/db';
import { tokenIdOf } from '@/lib/protocol/metadata';
import type { Known } from './schema';

type FoundToken = { chainId: number; collection: string; tokenId: string; owner: string; blockHash: string };

/** The token of a receipt in its collection, as the indexer saw it. */
export async function tokenOfReceipt({ prisma }: Database, receiptDigest: string, collection: string): Promise<FoundToken | null> {
  return prisma.token.findFirst({ where: { receiptDigest, collection } });
}

/** Every token that shows this content, whatever its collection. */
export async function tokensWithContent({ prisma }: Database, content: string): Promise<Known['tokens']> {
  const select = { chainId: true, collection: true, tokenId: true, owner: true };
  return prisma.token.findMany({ where: { content }, orderBy: { mintedAt: 'asc' }, take: 100, select });
}

type PublicRow = { id: string; title: string; preview: string | null };

/**
 * The public work (shared, or minted) of this receipt, else the oldest one with this content: what is said of a work, a takedown too, is said of the
 * one that was asked about. A private work is never named, whoever holds its file. Of a work that was taken down the page stays, and says so.
 */
export async function publicWork({ pool }: Database, content: string, receiptDigest: string | null): Promise<Known['work']> {
  const { rows } = await pool.query<PublicRow>(
    `SELECT w.id, CASE WHEN minted THEN coalesce(vo.label, m.name) ELSE m.name END AS title,
            CASE WHEN NOT EXISTS (SELECT FROM takedown d WHERE d.work_id = w.id AND d.lifted_at IS NULL) THEN w.preview_small END AS preview
     FROM work w JOIN model_version v ON v.digest = w.version_digest JOIN model m ON m.id = v.model_id LEFT JOIN voucher vo ON vo.work_id = w.id
          CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM token t WHERE t.receipt_digest = w.receipt_digest) AS minted) mint
     WHERE w.content = $1 AND w.refunded_at IS NULL AND (w.shared_at IS NOT NULL OR minted)
     ORDER BY w.receipt_digest IS NOT DISTINCT FROM $2 DESC, w.captured_at LIMIT 1`,
    [content, receiptDigest],
  );
  return rows[0] ? { id: rows[0].id, title: rows[0].title, previewSrc: rows[0].preview && `/media/${rows[0].id}/${rows[0].preview}.webp` } : null;
}

/** Whether an operator took a work off our servers. */
export async function isTakenDown(prisma: Database['prisma'], workId: string): Promise<boolean> {
  return (await prisma.takedown.count({ where: { workId, liftedAt: null } })) > 0;
}

/** The manifest of a published version; null when we do not hold it. */
export async function manifestOf({ prisma }: Database, version: string): Promise<string | null> {
  const row = await prisma.modelVersion.findFirst({ where: { digest: version, publishedAt: { not: null } }, select: { manifest: true } });
  return row?.manifest ?? null;
}

/** CID of the file that a token's metadata names. Counts only where the metadata is the one that the number is the digest of. */
export async function imageOfToken(
  { prisma }: Database,
  { chainId, collection, tokenId }: Omit<FoundToken, 'owner' | 'blockHash'>,
): Promise<string | null> {
  const voucher = await prisma.voucher.findFirst({ where: { chainId, collection, tokenId }, select: { metadata: true, imageCid: true } });
  return voucher && tokenIdOf(voucher.metadata) === tokenId ? voucher.imageCid : null;
}

/** What a look-up leads to: a minted token, or a work that its owner shows, by the file sealed for it. Nothing private, ever. */
export type Match = { kind: 'token'; collection: string; tokenId: string } | { kind: 'work'; sealedBlob: string };

const tokenSelect = { chainId: true, collection: true, tokenId: true } as const;
const matchOf = (token: { collection: string; tokenId: string } | null): Match | null =>
  token && { kind: 'token', collection: token.collection, tokenId: token.tokenId };

/** By the digest of its receipt. */
export async function matchReceipt({ prisma }: Database, receiptDigest: string): Promise<Match | null> {
  const token = await prisma.token.findFirst({ where: { receiptDigest }, select: tokenSelect });
  return matchOf(token) ?? (await shownWork(prisma, { receiptDigest }));
}

/** By the digest of its pixels, or of its text: the token minted first, else the oldest work that is shown. */
export async function matchContent({ prisma }: Database, content: string): Promise<Match | null> {
  const token = await prisma.token.findFirst({ where: { content }, orderBy: { mintedAt: 'asc' }, select: tokenSelect });
  return matchOf(token) ?? (await shownWork(prisma, { content }));
}

async function shownWork(prisma: Database['prisma'], where: { receiptDigest: string } | { content: string }): Promise<Match | null> {
  const work = await prisma.work.findFirst({
    where: { ...where, sharedAt: { not: null }, sealedBlob: { not: null }, refundedAt: null },
    orderBy: { capturedAt: 'asc' },
    select: { sealedBlob: true },
  });
  return work?.sealedBlob ? { kind: 'work', sealedBlob: work.sealedBlob } : null;
}

/** By the CID (canonical text) of its image or its metadata. Both are secrets of the owner until the token is minted. */
export async function matchCid({ prisma }: Database, cid: string): Promise<Match | null> {
  const vouchers = await prisma.voucher.findMany({ where: { OR: [{ metadataCid: cid }, { imageCid: cid }] }, select: tokenSelect, take: 20 });
  if (vouchers.length === 0) return null;
  return matchOf(await prisma.token.findFirst({ where: { OR: vouchers }, orderBy: { mintedAt: 'asc' }, select: tokenSelect }));
}

/** By its number; with several collections of that number, the token minted first. */
export async function matchToken({ prisma }: Database, tokenId: string): Promise<Match | null> {
  return matchOf(await prisma.token.findFirst({ where: { tokenId }, orderBy: { mintedAt: 'asc' }, select: tokenSelect }));
}
