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
