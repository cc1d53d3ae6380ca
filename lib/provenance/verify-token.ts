import 'server-only';
import { chainId, publicClient } from '@/lib/chain/client';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { storage } from '@/lib/storage/storage';
import { checkFile } from './check-file';
import type { VerifyReport } from './schema';

/** Checks a minted token through its file, which is public. `tokenId` as 0x hex of 32 bytes. An id that nobody minted is `unknown`. */
export async function verifyToken(db: Database, { tokenId, collection }: { tokenId: string; collection?: string }): Promise<VerifyReport> {
  const onChain = await chainId();
  const id = tokenId.toLowerCase();
  const token = await db.prisma.token.findFirst({ where: { chainId: onChain, tokenId: id, collection: collection?.toLowerCase() } });
  if (!token) return unknown('No token with this number is known here.');
  const voucher = await db.prisma.voucher.findFirst({
    where: { chainId: onChain, collection: token.collection, tokenId: id },
    select: { sealedBlob: true },
  });
  const file = voucher && (await fileOf(voucher.sealedBlob));
  if (!file) return unknown('The file of this token is not kept here: drop the file itself to have it checked.');
  return checkFile({ db, client: publicClient(), chainId: onChain }, file, token);
}

async function fileOf(blob: string): Promise<Buffer | null> {
  try {
    return await storage().get(blob);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}

const unknown = (summary: string): VerifyReport => ({ verdict: 'unknown', summary, rows: [], text: null, work: null, tokens: [] });
