import type { CID } from 'multiformats/cid';
import type { Hex } from 'viem';
import { type FileCid, parseCid, RAW } from '@/lib/protocol/cid';
import { type Directory, directoryOf, type Entry, fileDagBytes, toCid } from './directory';

/** A file of a collection: its CID and length, and where its bytes are to be read when its turn comes. */
export type PlannedFile = { cid: FileCid; bytes: number; from: { metadataOf: string } | { blob: string; ofWork: string } | { manifestOf: string } };
export type PlannedToken = { tokenId: Hex; metadata: PlannedFile; image: PlannedFile | null; preview: PlannedFile | null };

/** What comes in a CAR, in its order: blocks that are made already, and files that are read on the way. */
export type Planned = { directory: Directory } | { file: PlannedFile };

/**
 * The folder of a collection and everything in it, depth first:
 *
 *     manifests/<version>.json
 *     tokens/<first two digits of the id>/<id>/{image.png,metadata.json,preview.webp}
 *
 * Two digits, so that every directory is one block up to some 300,000 tokens. Nothing in it depends on when it is asked for.
 */
export function planCollection(tokens: PlannedToken[], manifests: { version: Hex; file: PlannedFile }[]): { root: CID; order: Planned[] } {
  const shelves = new Map<string, [string, Folder][]>();
  for (const token of tokens) {
    const prefix = token.tokenId.slice(2, 4);
    shelves.set(prefix, [...(shelves.get(prefix) ?? []), [token.tokenId.slice(2), tokenFolder(token)]]);
  }
  const { directory, order } = folder([
    ['manifests', folder(manifests.map(({ version, file }) => [`${version.slice(2)}.json`, leaf(file)]))],
    ['tokens', folder([...shelves].map(([prefix, shelf]) => [prefix, folder(shelf)]))],
  ]);
  return { root: directory.block.cid, order };
}

type Node = { entry: Omit<Entry, 'name'>; order: Planned[] };
type Folder = Node & { directory: Directory };

function tokenFolder({ metadata, image, preview }: PlannedToken): Folder {
  const files = { 'image.png': image, 'metadata.json': metadata, 'preview.webp': preview };
  return folder(Object.entries(files).flatMap(([name, file]) => (file ? [[name, leaf(file)] as const] : [])));
}

function leaf(file: PlannedFile): Node {
  return { entry: { cid: toCid(file.cid), dagBytes: fileDagBytes(file.bytes) }, order: [{ file }] };
}

function folder(nodes: (readonly [name: string, node: Node])[]): Folder {
  const sorted = [...nodes].sort(([a], [b]) => (a < b ? -1 : 1));
  const directory = directoryOf(sorted.map(([name, { entry }]) => ({ name, ...entry })));
  const entry = { cid: directory.block.cid, dagBytes: directory.dagBytes };
  return { directory, entry, order: [{ directory }, ...sorted.flatMap(([, node]) => node.order)] };
}

/** A file under its sha-256: one raw block. */
export const rawFile = (digest: Hex, bytes: number, from: PlannedFile['from']): PlannedFile => ({ cid: { codec: RAW, digest }, bytes, from });

/** A file whose CID is known as text. */
export const namedFile = (cid: string, bytes: number, from: PlannedFile['from']): PlannedFile => ({ cid: parseCid(cid), bytes, from });
