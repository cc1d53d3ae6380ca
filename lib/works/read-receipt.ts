import 'server-only';
import type { Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { recoverSigner } from '@/lib/keys/signer';
import { loadVersion } from '@/lib/models/load-version';
import type { Receipt } from '@/lib/protocol/receipt';
import { makeReceiptFile, type ReceiptFile } from '@/lib/protocol/receipt-file';
import type { Generation, Work } from '@/prisma/client/client';
import { fileName } from './get-work';

/**
 * The receipt of a work as a file, for its owner, and for everyone where the work is public: also after the work was taken down. Throws `not_found`.
 */
export async function readReceipt(db: Database, actor: Actor | null, workId: string): Promise<{ file: ReceiptFile; name: string }> {
  const work = await db.prisma.work.findUnique({
    where: { id: workId },
    include: {
      generation: true,
      voucher: true,
      version: { select: { manifest: true, signerKey: { select: { kmsKeyId: true } }, model: { select: { slug: true } } } },
    },
  });
  if (!work) throw new AppError('not_found');
  const token = await db.prisma.token.findFirst({ where: { receiptDigest: work.receiptDigest } });
  if (!token && !work.sharedAt && actor?.userId !== work.ownerId) throw new AppError('not_found');
  const version = await loadVersion(db, work.versionDigest);
  const { voucher } = work;
  const signature = work.signature as Hex;
  const file = makeReceiptFile({
    chainId: version.chainId,
    collection: version.collection,
    receipt: receiptOf(work),
    signature,
    signer: {
      address: version.signerAddress,
      kind: signerKind({ work, address: version.signerAddress, kmsKeyId: work.version.signerKey?.kmsKeyId }),
    },
    params: work.generation.paramsText,
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
  return { file, name: fileName(work.version.model.slug, work.content, 'receipt.json') };
}

type Signed = { work: Pick<Work, 'receiptDigest' | 'signature'>; address: Hex; kmsKeyId: string | null | undefined };

/** Nobody signs runs here by contract: whatever recovers to the version's address was signed by a key, which stays where it was made. */
function signerKind({ work, address, kmsKeyId }: Signed): ReceiptFile['signer']['kind'] {
  if (recoverSigner(work.receiptDigest as Hex, work.signature as Hex) !== address) return 'erc1271';
  return kmsKeyId ? 'kms' : 'eoa';
}

function receiptOf({ versionDigest, content, generation }: Pick<Work, 'versionDigest' | 'content'> & { generation: Generation }): Receipt {
  return {
    version: versionDigest as Hex,
    seed: BigInt(generation.seed),
    paramsHash: generation.paramsHash as Hex,
    promptHash: generation.promptHash as Hex,
    content: content as Hex,
    parent: generation.parent as Hex,
  };
}
