import 'server-only';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { cidText } from '@/lib/protocol/cid';
import { fileCid } from '@/lib/protocol/file-cid';
import { metadataCid, renderMetadata, tokenIdOf } from '@/lib/protocol/metadata';
import { readRecord, writeRecord } from '@/lib/protocol/png-record';
import { encodeTraits } from '@/lib/protocol/traits';
import { storage } from '@/lib/storage/storage';
import { Prisma, type Voucher } from '@/prisma/client/client';
import type { MintableWork } from './load-mintable';
import { publicTraits } from './public-traits';

/**
 * Fixes what the token of a work says: label, traits, and with them the sealed file, its CID, the metadata and the token id. The first call
 * decides and claims the content in its collection; every later one gets the same voucher. Throws `duplicate_content`.
 */
export async function claimVoucher({ prisma }: Database, mintable: MintableWork, label: string): Promise<Voucher> {
  const { work, generation, version, receipt, digest } = mintable;
  await refuseMintedContent({ prisma }, mintable);
  const traits = encodeTraits(
    publicTraits({
      modelName: version.manifest.name,
      versionNumber: version.manifest.number,
      width: work.width,
      height: work.height,
      parameters: version.manifest.parameters,
      paramsText: generation.paramsText,
    }),
  );
  const sealed = await storage().get(work.sealedBlob);
  const record = readRecord(sealed);
  if (!record) throw new AppError('internal', { cause: new Error(`the sealed file of work ${work.id} has no record`) });
  const file = writeRecord(sealed, { ...record, label, traits, evolve: '0x' });
  const image = await fileCid(file);
  const { chainId, collection } = version;
  const metadata = renderMetadata({ chainId, collection, base: record.base, receipt, image, label, traits });
  const tokenId = tokenIdOf(metadata);
  const data = {
    workId: work.id,
    receiptDigest: digest,
    chainId,
    collection,
    content: work.content,
    label,
    traits,
    sealedBlob: await storage().put(file),
    codec: image.codec,
    imageDigest: image.digest,
    imageCid: cidText(image),
    metadata,
    metadataCid: cidText(metadataCid(tokenId)),
    tokenId,
    priceWei: generation.mintPriceWei,
  };
  try {
    return await prisma.voucher.create({ data });
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')) throw error;
    // Somebody was first: this work's own earlier call, or an identical result's.
    const earlier = await prisma.voucher.findUnique({ where: { workId: work.id } });
    if (!earlier) throw new AppError('duplicate_content');
    return earlier;
  }
}

/** A token with this content may stand without a voucher of ours, after a restore of an older database. */
async function refuseMintedContent({ prisma }: Pick<Database, 'prisma'>, { work, version }: MintableWork): Promise<void> {
  const { chainId, collection } = version;
  const same = await prisma.token.findFirst({ where: { chainId, collection, content: work.content }, select: { tokenId: true } });
  if (same) throw new AppError('duplicate_content', { details: { tokenId: same.tokenId } });
}
