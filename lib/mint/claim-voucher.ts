import 'server-only';
import type { Hex } from 'viem';
import { writeSigned } from '@/lib/credentials/write-signed';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { cidText } from '@/lib/protocol/cid';
import { FROZEN } from '@/lib/protocol/evolve-terms';
import { fileCid } from '@/lib/protocol/file-cid';
import { metadataCid, renderMetadata, tokenIdOf } from '@/lib/protocol/metadata';
import { encodeTraits } from '@/lib/protocol/traits';
import { type SealedFile, sealFile } from '@/lib/works/seal-file';
import { Prisma, type Voucher } from '@/prisma/client/client';
import type { MintableWork } from './load-mintable';
import { publicTraits } from './public-traits';

/**
 * Fixes what the token of a work says: label, traits, and with them the sealed file, its CID, the metadata and the token id. The first call
 * decides and claims the content in its collection; every later one gets the same voucher. The file is signed anew, so that of several calls at
 * once each has a file of its own: CID, metadata and token id are those of the bytes that were stored, and one insert names all of them or none.
 * Throws `duplicate_content`.
 */
export async function claimVoucher(db: Database, mintable: MintableWork, label: string): Promise<Voucher> {
  const { work, generation, version } = mintable;
  await refuseTakenContent(db, mintable);
  const traits = encodeTraits(
    publicTraits({
      modelName: version.manifest.name,
      versionNumber: version.manifest.number,
      work,
      parameters: version.manifest.parameters,
      paramsText: generation.paramsText,
    }),
  );
  try {
    return await writeSigned(db, async () => {
      const sealed = await sealFile(db, work.id, { label, traits, evolve: FROZEN });
      const data = await rowOf(mintable, { label, traits }, sealed);
      return { leaf: sealed.leaf, write: (tx) => tx.voucher.create({ data }) };
    });
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')) throw error;
    // Somebody was first: this work's own earlier call, or an identical result's.
    const earlier = await db.prisma.voucher.findUnique({ where: { workId: work.id } });
    if (!earlier) throw new AppError('duplicate_content');
    return earlier;
  }
}

/** Everything about the file is that of the bytes that were stored. */
async function rowOf(
  { work, generation, version, receipt, digest }: MintableWork,
  said: { label: string; traits: Hex },
  { blob, bytes }: SealedFile,
) {
  const { label, traits } = said;
  const image = await fileCid(bytes);
  const { chainId, collection } = version;
  const metadata = renderMetadata({ base: version.externalBase, receipt, image, label, traits, evolve: FROZEN });
  const tokenId = tokenIdOf(metadata);
  return {
    workId: work.id,
    receiptDigest: digest,
    chainId,
    collection,
    content: work.content,
    label,
    traits,
    sealedBlob: blob,
    codec: image.codec,
    imageDigest: image.digest,
    imageCid: cidText(image),
    metadata,
    metadataCid: cidText(metadataCid(tokenId)),
    tokenId,
    priceWei: generation.mintPriceWei,
  };
}

/**
 * Before a file is sealed for nothing: each would be another one, kept for ever. A token may stand without a voucher of ours, after a restore of
 * an older database.
 */
async function refuseTakenContent({ prisma }: Pick<Database, 'prisma'>, { work, version }: MintableWork): Promise<void> {
  const { chainId, collection } = version;
  const { content } = work;
  const same = await prisma.token.findFirst({ where: { chainId, collection, content }, select: { tokenId: true } });
  if (same) throw new AppError('duplicate_content', { details: { tokenId: same.tokenId } });
  const claimed = await prisma.voucher.findFirst({ where: { chainId, collection, content, workId: { not: work.id } }, select: { workId: true } });
  if (claimed) throw new AppError('duplicate_content');
}
