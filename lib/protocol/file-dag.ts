import * as dagPb from '@ipld/dag-pb';
import { concatBytes } from '@noble/hashes/utils';
import { MemoryBlockstore } from 'blockstore-core/memory';
import { importBytes } from 'ipfs-unixfs-importer';
import { CID } from 'multiformats/cid';
import { cidText, DAG_PB, rawCid } from './cid';
import { IMPORT_PROFILE, MAX_RAW_BYTES } from './file-cid';

/** A block as CAR files and gateways carry it. */
export type Block = { cid: CID; bytes: Uint8Array };

/** Every block of a file, its root first, then depth first: one block up to 1 MiB. The same import profile as fileCid, so the same root. */
export async function fileDag(bytes: Uint8Array): Promise<[root: Block, ...rest: Block[]]> {
  if (bytes.length <= MAX_RAW_BYTES) return [{ cid: CID.parse(cidText(rawCid(bytes))), bytes }];
  const store = new MemoryBlockstore();
  const { cid } = await importBytes(bytes, store, { profile: IMPORT_PROFILE });
  const [root, ...rest] = await walk(store, cid);
  if (!root) throw new Error('an imported file has a root');
  return [root, ...rest];
}

async function walk(store: MemoryBlockstore, cid: CID): Promise<Block[]> {
  const parts: Uint8Array[] = [];
  for await (const part of store.get(cid)) parts.push(part);
  const bytes = concatBytes(...parts);
  const blocks = [{ cid, bytes }];
  if (cid.code === DAG_PB) for (const link of dagPb.decode(bytes).Links) blocks.push(...(await walk(store, link.Hash)));
  return blocks;
}
