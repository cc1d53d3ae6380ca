import 'server-only';
import type { Hex } from 'viem';
import { chainId } from '@/lib/chain/client';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { storage } from '@/lib/storage/storage';
import { checkToken } from '@/lib/verifier/check-token';
import { houseTrust } from './ask-house';
import type { BeforeOpening } from './opening-points';
import type { VerifyReport } from './schema';
import { houseChain, verifyFile } from './verify-file';

type Asked = { tokenId: string; collection?: string };

/**
 * Checks a minted token through its file, which is public; without the file, what the chain says of it. `tokenId` as 0x hex of 32 bytes. An id that
 * is not known here, asked for without its collection, is `unknown`.
 */
export async function verifyToken(db: Database, { tokenId, collection }: Asked, beforeOpening?: BeforeOpening): Promise<VerifyReport> {
  const onChain = await chainId();
  const id = tokenId.toLowerCase() as Hex;
  const token = await db.prisma.token.findFirst({ where: { chainId: onChain, tokenId: id, collection: collection?.toLowerCase() } });
  const at = (token?.collection ?? collection?.toLowerCase()) as Hex | undefined;
  if (!at) return { verdict: 'unknown', summary: 'No token with this number is known here.', rows: [], text: null, work: null, tokens: [] };
  const voucher = await db.prisma.voucher.findFirst({
    where: { chainId: onChain, collection: at, tokenId: id },
    select: { sealedBlob: true, metadata: true },
  });
  // A voucher's file is private until its token is minted.
  const file = token && voucher && (await fileOf(voucher.sealedBlob));
  if (file) await beforeOpening?.(file);
  if (file) return verifyFile(db, file, { expected: { collection: at, tokenId: id } });
  const metadata = token ? voucher?.metadata : undefined;
  const { verdict, summary, rows } = await checkToken({ chain: houseChain(), trust: await houseTrust(), collection: at, tokenId: id, metadata });
  return { verdict, summary, rows, text: null, work: null, tokens: [] };
}

async function fileOf(blob: string): Promise<Buffer | null> {
  try {
    return await storage().get(blob);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}
