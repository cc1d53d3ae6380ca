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

function holdsMark(file: Uint8Array): boolean {
  const mark = new TextEncoder().encode(MARK);
  for (let at = file.indexOf(mark[0] as number); at !== -1; at = file.indexOf(mark[0] as number, at + 1)) {
    if (mark.every((byte, i) => file[at + i] === byte)) return true;
  }
  return false;
}

export function contentOf({ record, decoded }: OpenedFile): Hex | null {
  if (record?.text !== undefined) return textContent(record.text);
  return 'raster' in decoded ? rasterContent(decoded.raster) : null;
}

export const digestOf = (record: WorkRecord): Hex => receiptDigest(record.chainId, record.collection, receiptOf(record));
