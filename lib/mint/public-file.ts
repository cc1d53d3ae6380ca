import 'server-only';
import type { Database } from '@/lib/db';
import { cidText, type FileCid, parseCid, RAW, rawCid } from '@/lib/protocol/cid';
import { fileCid } from '@/lib/protocol/file-cid';
import { ProtocolError } from '@/lib/protocol/protocol-error';
import { storage } from '@/lib/storage/storage';
import { isTakenDown } from '@/lib/works/takedowns/is-taken-down';

/** Never HTML or SVG: these are the only types, and none is chosen by what somebody sent. */
export type PublicFile = { bytes: Uint8Array<ArrayBuffer> } & (
  | { type: 'image/png'; extension: 'png' }
  | { type: 'image/webp'; extension: 'webp' }
  | { type: 'application/json'; extension: 'json' }
);

/**
 * The bytes of a CID that is public: metadata, image or preview of a minted token, or the manifest of a published version. Null for anything
 * else: a claimed work that is not minted, image and preview of one that was taken down. Throws rather than hand out bytes of another CID.
 */
export async function getPublicFile(db: Database, text: string): Promise<PublicFile | null> {
  const cid = parse(text);
  if (!cid) return null;
  return (await mintedFile(db, cidText(cid))) ?? (await manifestFile(db, cid)) ?? (await previewFile(db, cid));
}

/** The canonical text only: one address for one file. */
function parse(text: string): FileCid | null {
  try {
    const cid = parseCid(text);
    return cidText(cid) === text ? cid : null;
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

async function mintedFile({ prisma, pool }: Database, cid: string): Promise<PublicFile | null> {
  const vouchers = await prisma.voucher.findMany({ where: { OR: [{ metadataCid: cid }, { imageCid: cid }] } });
  for (const { workId, chainId, collection, tokenId, metadata, metadataCid, sealedBlob } of vouchers) {
    const token = await prisma.token.findUnique({
      where: { chainId_collection_tokenId: { chainId, collection, tokenId } },
      select: { tokenId: true },
    });
    if (!token) continue;
    const isMetadata = metadataCid === cid;
    if (!isMetadata && (await isTakenDown(pool, workId))) continue;
    const bytes = Uint8Array.from(isMetadata ? Buffer.from(metadata) : await storage().get(sealedBlob));
    if (cidText(isMetadata ? rawCid(bytes) : await fileCid(bytes)) !== cid) throw new Error(`the file of ${cid} is not the one that was minted`);
    return isMetadata ? { bytes, type: 'application/json', extension: 'json' } : { bytes, type: 'image/png', extension: 'png' };
  }
  return null;
}

/** A version digest is the sha-256 of its manifest, so the manifest has the raw CID of that digest. */
async function manifestFile({ prisma }: Database, cid: FileCid): Promise<PublicFile | null> {
  if (cid.codec !== RAW) return null;
  const version = await prisma.modelVersion.findFirst({ where: { digest: cid.digest, publishedAt: { not: null } }, select: { manifest: true } });
  if (!version) return null;
  const bytes = Uint8Array.from(Buffer.from(version.manifest));
  if (rawCid(bytes).digest !== cid.digest) throw new Error(`the manifest of ${cid.digest} was changed`);
  return { bytes, type: 'application/json', extension: 'json' };
}

/** A preview is stored under its sha-256, so it has the raw CID of that digest. */
async function previewFile({ prisma, pool }: Database, cid: FileCid): Promise<PublicFile | null> {
  if (cid.codec !== RAW) return null;
  const blob = cid.digest.slice(2);
  for (const { id, receiptDigest } of await prisma.work.findMany({ where: { previewLarge: blob }, select: { id: true, receiptDigest: true } })) {
    const token = await prisma.token.findFirst({ where: { receiptDigest }, select: { tokenId: true } });
    if (!token || (await isTakenDown(pool, id))) continue;
    return { bytes: Uint8Array.from(await storage().get(blob)), type: 'image/webp', extension: 'webp' };
  }
  return null;
}
