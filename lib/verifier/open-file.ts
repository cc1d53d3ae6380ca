import type { Hex } from 'viem';
import type { FileCid } from '@/lib/protocol/cid';
import { type Raster, rasterContent, type Sha256, textContent } from '@/lib/protocol/content';
import { fileCid } from '@/lib/protocol/file-cid';
import { readChunks } from '@/lib/protocol/png-chunks';
import { readManifest } from '@/lib/protocol/png-manifest';
import { readRecord } from '@/lib/protocol/png-record';
import { receiptDigest } from '@/lib/protocol/receipt';
import { receiptOf, type WorkRecord } from '@/lib/protocol/work-record';
import { decodePng } from './decode-png';

/**
 * What a file is by itself, small enough to be sent from one thread to another. `picture`: of its pixels, size and `content`; of a work of letters the
 * pixels are not hashed. `isMarked`: it has our record or what is left of one, so that damage is not the same as a file of somebody else's.
 */
export type OpenedFile = {
  damage: string | null;
  picture: { width: number; height: number; content: Hex | null } | { problem: string };
  record: WorkRecord | null;
  recordProblem: string | null;
  /** As it stands in the file: what it is worth, its digest says. */
  manifest: string | null;
  image: FileCid;
  isMarked: boolean;
};

/** Stands in the names of our chunks and in the label of our credentials. */
const MARK = 'intaglio.';

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Takes a file apart. Never throws: what is wrong is in what it returns. `hash`: the platform's own sha-256, where it has one. */
export async function openFile(file: Uint8Array, hash?: Sha256): Promise<OpenedFile> {
  const [isMarked, image] = [holdsMark(file), await fileCid(file)];
  try {
    readChunks(file);
  } catch (error) {
    const damage = messageOf(error);
    return { damage, picture: { problem: damage }, record: null, recordProblem: 'The file is damaged.', manifest: null, image, isMarked };
  }
  const read = recordIn(file);
  const decoded = await decodePng(file);
  const picture = 'problem' in decoded ? decoded : pictureOf(decoded.raster, read.record, hash);
  return { damage: null, picture, ...read, manifest: readManifest(file), image, isMarked };
}

function recordIn(file: Uint8Array): Pick<OpenedFile, 'record' | 'recordProblem'> {
  try {
    const record = readRecord(file);
    return { record, recordProblem: record ? null : 'The file carries no record.' };
  } catch (error) {
    return { record: null, recordProblem: messageOf(error) };
  }
}

function pictureOf(raster: Raster, record: WorkRecord | null, hash?: Sha256) {
  const { width, height } = raster;
  return { width, height, content: record?.text === undefined ? rasterContent(raster, hash) : null };
}

/** As text, since engines search that at the speed of memory. */
const holdsMark = (file: Uint8Array) => new TextDecoder('latin1').decode(file).includes(MARK);

/** The digest of its letters, or of its pixels; null where neither could be read. */
export function contentOf({ record, picture }: OpenedFile): Hex | null {
  if (record?.text !== undefined) return textContent(record.text);
  return 'content' in picture ? picture.content : null;
}

export const digestOf = (record: WorkRecord): Hex => receiptDigest(record.chainId, record.collection, receiptOf(record));
