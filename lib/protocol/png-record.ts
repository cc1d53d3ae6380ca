import { concatBytes, utf8ToBytes } from '@noble/hashes/utils';
import { makeChunk, PNG_SIGNATURE, type PngChunk, readChunks } from './png-chunks';
import { ProtocolError } from './protocol-error';
import { parseRecord, recordText, type WorkRecord } from './work-record';

/** Keyword of the iTXt chunk that carries the record beside Content Credentials, for readers without WebAssembly. */
export const RECORD_KEYWORD = 'intaglio.record';

// iTXt (W3C PNG, 11.3.3.4): keyword, 0, compression flag 0, method 0, no language, 0, no translated keyword, 0, text.
const prefix = utf8ToBytes(`${RECORD_KEYWORD}\0\0\0\0\0`);
const keyword = utf8ToBytes(`${RECORD_KEYWORD}\0`);

/**
 * The PNG with the record as its last chunk before IEND; a record it had before is taken out. Pixels and all other chunks stay as they are.
 * Throws ProtocolError on a damaged PNG, ZodError on a record that is not one.
 */
export function writeRecord(png: Uint8Array, record: WorkRecord): Uint8Array {
  const kept = readChunks(png).filter((chunk) => !isRecord(chunk));
  const end = kept.pop() as PngChunk;
  const added = makeChunk('iTXt', concatBytes(prefix, utf8ToBytes(recordText(record))));
  return concatBytes(PNG_SIGNATURE, ...kept.map(({ bytes }) => bytes), added.bytes, end.bytes);
}

/** The record of a PNG, or null where it has none. Throws ProtocolError on a damaged PNG, on two records, or on one that is not valid. */
export function readRecord(png: Uint8Array): WorkRecord | null {
  const records = readChunks(png).filter(isRecord);
  const [chunk] = records;
  if (!chunk) return null;
  if (records.length > 1) throw new ProtocolError('the file carries more than one record');
  if (chunk.type !== 'iTXt' || !startsWith(chunk.data, prefix)) throw new ProtocolError('the record is not in the form we write');
  try {
    return parseRecord(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(chunk.data.subarray(prefix.length)));
  } catch (cause) {
    throw cause instanceof ProtocolError ? cause : new ProtocolError('the record is not UTF-8', { cause });
  }
}

/** Any text chunk under our keyword: a second reader must never find another record than we do. */
function isRecord({ type, data }: PngChunk): boolean {
  return (type === 'iTXt' || type === 'tEXt' || type === 'zTXt') && startsWith(data, keyword);
}

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}
