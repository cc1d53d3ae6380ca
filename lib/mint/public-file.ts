import 'server-only';
import type { Database } from '@/lib/db';
import { cidText, type FileCid, parseCid, RAW, rawCid } from '@/lib/protocol/cid';
import { fileCid } from '@/lib/protocol/file-cid';
import { ProtocolError } from '@/lib/protocol/protocol-error';
import { storage } from '@/lib/storage/storage';
import { isTakenDown } from '@/lib/works/takedowns/is-taken-down';

/** Never HTML or SVG: these are the only types, and none is chosen by what somebody sent. */
type Kind = { type: 'image/png'; extension: 'png' } | { type: 'image/webp'; extension: 'webp' } | { type: 'application/json'; extension: 'json' };
export type PublicFile = Kind & {
  /** How many bytes it has. */
  size: number;
  /** All of them. Throws rather than hand out bytes of another CID. */
  read: () => Promise<Uint8Array<ArrayBuffer>>;
};

/**
 * The file of a CID that is public: metadata, image or preview of a minted token, the manifest of a published version, or the picture of a tier
 * of passes. Null for anything else: a claimed work that is not minted, what shows one that was taken down. No file is opened before it is read.
 */
export async function findPublicFile(db: Database, text: string): Promise<PublicFile | null> {
  const cid = parse(text);
  if (!cid) return null;
  return (await mintedFile(db, cidText(cid))) ?? (await manifestFile(db, cid)) ?? (await previewFile(db, cid)) ?? (await passPictureFile(db, cid));
}

async function storedFile(kind: Kind, blob: string, cid: string): Promise<PublicFile> {
  const read = async () => checked(Uint8Array.from(await storage().get(blob)), cid);
  return { ...kind, size: await storage().size(blob), read };
}

function jsonFile(text: string, cid: string): PublicFile {
  return { type: 'application/json', extension: 'json', size: Buffer.byteLength(text), read: () => checked(Uint8Array.from(Buffer.from(text)), cid) };
}

async function checked(bytes: Uint8Array<ArrayBuffer>, cid: string): Promise<Uint8Array<ArrayBuffer>> {
  if (cidText(parseCid(cid).codec === RAW ? rawCid(bytes) : await fileCid(bytes)) !== cid) throw new Error(`what is stored is not ${cid}`);
  return bytes;
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
    return isMetadata ? jsonFile(metadata, cid) : storedFile({ type: 'image/png', extension: 'png' }, sealedBlob, cid);
  }
  return null;
}

/** A version digest is the sha-256 of its manifest, so the manifest has the raw CID of that digest. */
async function manifestFile({ prisma }: Database, cid: FileCid): Promise<PublicFile | null> {
  if (cid.codec !== RAW) return null;
  const version = await prisma.modelVersion.findFirst({ where: { digest: cid.digest, publishedAt: { not: null } }, select: { manifest: true } });
  return version && jsonFile(version.manifest, cidText(cid));
}

/** A preview is stored under its sha-256, so it has the raw CID of that digest. */
async function previewFile({ prisma, pool }: Database, cid: FileCid): Promise<PublicFile | null> {
  if (cid.codec !== RAW) return null;
  const blob = cid.digest.slice(2);
  for (const { id, receiptDigest } of await prisma.work.findMany({ where: { previewLarge: blob }, select: { id: true, receiptDigest: true } })) {
    const token = await prisma.token.findFirst({ where: { receiptDigest }, select: { tokenId: true } });
    if (!token || (await isTakenDown(pool, id))) continue;
    return storedFile({ type: 'image/webp', extension: 'webp' }, blob, cidText(cid));
  }
  return null;
}

/** A picture is stored under its sha-256, and is public once a tier on the chain names it. */
async function passPictureFile({ prisma, pool }: Database, cid: FileCid): Promise<PublicFile | null> {
  if (cid.codec !== RAW) return null;
  const [blob, text] = [cid.digest.slice(2), cidText(cid)];
  if (!(await prisma.passTier.findFirst({ where: { imageCid: text }, select: { tierId: true } }))) return null;
  for (const { workId } of await prisma.passPicture.findMany({ where: { blob }, select: { workId: true } })) {
    if (workId && (await isTakenDown(pool, workId))) continue;
    return storedFile({ type: 'image/webp', extension: 'webp' }, blob, text);
  }
  return null;
}
