import 'server-only';
import type { Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { recoverSigner } from '@/lib/keys/signer';
import { loadVersion } from '@/lib/models/load-version';
import { makeReceiptFile, type ReceiptFile } from '@/lib/protocol/receipt-file';
import { receiptOf } from '@/lib/protocol/work-record';
import { fileName } from './get-work';
import { recordOf } from './seal-work';

/**
 * The receipt of a work as a file, for its owner, and for everyone where the work is public: also after the work was taken down. Throws `not_found`.
 */
export async function readReceipt(db: Database, actor: Actor | null, workId: string): Promise<{ file: ReceiptFile; name: string }> {
  const work = await db.prisma.work.findUnique({
    where: { id: workId },
    select: { ownerId: true, sharedAt: true, receiptDigest: true, voucher: true, version: { select: { manifest: true, model: true } } },
  });
  if (!work) throw new AppError('not_found');
  const token = await db.prisma.token.findFirst({ where: { receiptDigest: work.receiptDigest } });
  if (!token && !work.sharedAt && actor?.userId !== work.ownerId) throw new AppError('not_found');
  const { record } = await recordOf(db, workId);
  const version = await loadVersion(db, record.receipt.version);
  const { voucher } = work;
  const file = makeReceiptFile({
    chainId: record.chainId,
    collection: record.collection,
    receipt: receiptOf(record),
    signature: record.signature,
    // Nobody signs runs here by contract or key service yet: whatever recovers to the version's address was signed by a key.
    signer: {
      address: version.signerAddress,
      kind: recoverSigner(work.receiptDigest as Hex, record.signature) === version.signerAddress ? 'eoa' : 'erc1271',
    },
    params: record.params,
    manifestText: work.version.manifest,
    manifest: version.manifest,
    token: token &&
      voucher && {
        tokenId: token.tokenId,
        metadata: voucher.metadata,
        metadataCid: voucher.metadataCid,
        imageCid: voucher.imageCid,
        mintTransaction: token.txHash,
      },
  });
  return { file, name: fileName(work.version.model.slug, record.receipt.content, 'receipt.json') };
}
