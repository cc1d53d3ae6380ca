import 'server-only';
import type { Database } from '@/lib/db';
import { cidText, type FileCid, parseCid, RAW, rawCid } from '@/lib/protocol/cid';
import { fileCid } from '@/lib/protocol/file-cid';
import { ProtocolError } from '@/lib/protocol/protocol-error';
import { storage } from '@/lib/storage/storage';
import { isTakenDown } from '@/lib/works/takedowns/is-taken-down';

export type PublicFile = { bytes: Uint8Array<ArrayBuffer>; type: 'image/png' | 'application/json'; extension: 'png' | 'json' };

/**
 * The bytes of a CID that is public: metadata or image of a minted token, or the manifest of a published version. Null for anything else,
 * a claimed work that is not minted and the image of one that was taken down included. Throws rather than hand out bytes of another CID.
 */
export async function getPublicFile(db: Database, text: string): Promise<PublicFile | null> {
  const cid = parse(text);
  if (!cid) return null;
  return (await mintedFile(db, cidText(cid))) ?? (await manifestFile(db, cid));
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
