import * as dagPb from '@ipld/dag-pb';
import { UnixFS } from 'ipfs-unixfs';
import { CID } from 'multiformats/cid';
import { cidText, DAG_PB, type FileCid } from '@/lib/protocol/cid';
import { MAX_RAW_BYTES } from '@/lib/protocol/file-cid';
import type { Block } from '@/lib/protocol/file-dag';
import { sha256Hex } from '@/lib/protocol/hash';

/** A name in a directory: what it links to, and the bytes of all blocks below, which directories and large files list. */
export type Entry = { name: string; cid: CID; dagBytes: number };
export type Directory = { block: Block; dagBytes: number };

export const toCid = (cid: FileCid) => CID.parse(cidText(cid));

/** A UnixFS directory of one block, as `ipfs add -r` makes it. More than some 1,500 entries do not fit in one. */
export function directoryOf(entries: Entry[]): Directory {
  const Links = entries.map(({ name, cid, dagBytes }) => ({ Name: name, Hash: cid, Tsize: dagBytes }));
  const bytes = dagPb.encode(dagPb.prepare({ Data: new UnixFS({ type: 'directory' }).marshal(), Links }));
  if (bytes.length > MAX_RAW_BYTES) throw new RangeError(`a directory of ${entries.length} entries is larger than a block`);
  const cid = toCid({ codec: DAG_PB, digest: sha256Hex(bytes) });
  return { block: { cid, bytes }, dagBytes: bytes.length + entries.reduce((sum, entry) => sum + entry.dagBytes, 0) };
}

/** The bytes of all blocks of a file of that length, which needs none of its bytes: the same for every file of a length. */
export function fileDagBytes(length: number): number {
  if (length <= MAX_RAW_BYTES) return length;
  const leaves = Array.from({ length: Math.ceil(length / MAX_RAW_BYTES) }, (_, i) => Math.min(MAX_RAW_BYTES, length - i * MAX_RAW_BYTES));
  if (leaves.length > 1024) throw new RangeError('a file of this house has one level of blocks below its root');
  const any = toCid({ codec: 0x55, digest: `0x${'00'.repeat(32)}` });
  const Data = new UnixFS({ type: 'file', blockSizes: leaves.map(BigInt) }).marshal();
  const root = dagPb.encode({ Data, Links: leaves.map((Tsize) => ({ Name: '', Hash: any, Tsize })) });
  return root.length + length;
}
