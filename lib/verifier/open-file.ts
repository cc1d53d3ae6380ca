import type { Hex } from 'viem';
import { rasterContent, textContent } from '@/lib/protocol/content';
import { readChunks } from '@/lib/protocol/png-chunks';
import { readRecord } from '@/lib/protocol/png-record';
import { receiptDigest } from '@/lib/protocol/receipt';
import { receiptOf, type WorkRecord } from '@/lib/protocol/work-record';
import { type Decoded, decodePng } from './decode-png';

/** What a file is by itself. `isMarked`: it has our record or what is left of one, so that damage is not the same as a file of somebody else's. */
export type OpenedFile = { damage: string | null; decoded: Decoded; record: WorkRecord | null; recordProblem: string | null; isMarked: boolean };

/** Stands in the names of our chunks and in the label of our credentials. */
const MARK = 'intaglio.';

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Takes a file apart. Never throws: what is wrong is in what it returns. */
export async function openFile(file: Uint8Array): Promise<OpenedFile> {
  const isMarked = holdsMark(file);
  try {
    readChunks(file);
  } catch (error) {
    const damage = messageOf(error);
    return { damage, decoded: { problem: damage }, record: null, recordProblem: 'The file is damaged.', isMarked };
  }
  const decoded = await decodePng(file);
  try {
    const record = readRecord(file);
    return { damage: null, decoded, record, recordProblem: record ? null : 'The file carries no record.', isMarked };
  } catch (error) {
    return { damage: null, decoded, record: null, recordProblem: messageOf(error), isMarked };
  }
}

/** As text, since engines search that at the speed of memory. */
const holdsMark = (file: Uint8Array) => new TextDecoder('latin1').decode(file).includes(MARK);

const contents = new WeakMap<OpenedFile, Hex | null>();

/** Made once for an opened file: of a large picture it takes a second. */
export function contentOf(opened: OpenedFile): Hex | null {
  const kept = contents.get(opened);
  if (kept !== undefined) return kept;
  const content = contentIn(opened);
  contents.set(opened, content);
  return content;
}

function contentIn({ record, decoded }: OpenedFile): Hex | null {
  if (record?.text !== undefined) return textContent(record.text);
  return 'raster' in decoded ? rasterContent(decoded.raster) : null;
}

export const digestOf = (record: WorkRecord): Hex => receiptDigest(record.chainId, record.collection, receiptOf(record));
