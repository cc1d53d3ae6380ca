import { MemoryBlockstore } from 'blockstore-core/memory';
import { importBytes } from 'ipfs-unixfs-importer';
import { type FileCid, parseCid, rawCid } from './cid';

/** Most bytes that are a single raw block: one chunk of the profile. */
export const MAX_RAW_BYTES = 1024 * 1024;

/**
 * CID of a file: raw up to 1 MiB, else dag-pb. Import profile `unixfs-v1-2025` (IPIP-499): CIDv1, 1 MiB chunks, raw leaves, a balanced tree
 * of at most 1,024 links a node. Same result in Node and in browsers; kept apart from cid.ts, for the importer is the heavier part.
 */
export async function fileCid(bytes: Uint8Array): Promise<FileCid> {
  if (bytes.length <= MAX_RAW_BYTES) return rawCid(bytes);
  const { cid } = await importBytes(bytes, new MemoryBlockstore(), {
    profile: 'unixfs-v1-2025',
  });
  return parseCid(cid.toString());
}
