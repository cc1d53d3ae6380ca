import { MemoryBlockstore } from 'blockstore-core/memory';
import { importBytes } from 'ipfs-unixfs-importer';
import { type FileCid, parseCid, rawCid } from './cid';

/** How files become blocks (IPIP-499): recorded, since the same bytes imported another way have another CID. */
export const IMPORT_PROFILE = 'unixfs-v1-2025';

/** Most bytes that are a single raw block: one chunk of the profile. */
export const MAX_RAW_BYTES = 1024 * 1024;

/**
 * CID of a file: raw up to 1 MiB, else dag-pb. By IMPORT_PROFILE: CIDv1, 1 MiB chunks, raw leaves, a balanced tree
 * of at most 1,024 links a node. Same result in Node and in browsers; kept apart from cid.ts, for the importer is the heavier part.
 */
export async function fileCid(bytes: Uint8Array): Promise<FileCid> {
  if (bytes.length <= MAX_RAW_BYTES) return rawCid(bytes);
  const { cid } = await importBytes(bytes, new MemoryBlockstore(), { profile: IMPORT_PROFILE });
  return parseCid(cid.toString());
}
