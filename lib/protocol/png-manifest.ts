import { concatBytes, utf8ToBytes } from '@noble/hashes/utils';
import { Unzlib, zlibSync } from 'fflate';
import { makeChunk, PNG_SIGNATURE, type PngChunk, readChunks } from './png-chunks';

/** Keyword of the chunk that carries the manifest of the version that made a work. */
const KEYWORD = 'intaglio.manifest';
// iTXt, compressed (W3C PNG, 11.3.3.4): a parameter schema repeats itself, 10 KB become 2.
const prefix = utf8ToBytes(`${KEYWORD}\0\u0001\0\0\0`);
const PIECE_BYTES = 1024;
const MAX_TEXT_BYTES = 256 * 1024;

const isManifest = ({ type, data }: PngChunk) => type === 'iTXt' && prefix.every((byte, i) => data[i] === byte);

/**
 * The PNG with the version's manifest in it, so that whoever has the file can tell whose model it is without asking anybody: its sha-256 is the
 * receipt's `version`. Stands before IEND; one it had before is taken out. Throws ProtocolError on a damaged PNG.
 */
export function writeManifest(png: Uint8Array, manifestText: string): Uint8Array {
  const kept = readChunks(png).filter((chunk) => !isManifest(chunk));
  const end = kept.pop() as PngChunk;
  const added = makeChunk('iTXt', concatBytes(prefix, zlibSync(utf8ToBytes(manifestText), { level: 9 })));
  return concatBytes(PNG_SIGNATURE, ...kept.map(({ bytes }) => bytes), added.bytes, end.bytes);
}

/**
 * The text, which is worth nothing before its sha-256 is compared. Null where there is none; of a stream that cannot be read, what could be, which
 * no version is the digest of. Throws ProtocolError on a damaged PNG.
 */
export function readManifest(png: Uint8Array): string | null {
  const chunk = readChunks(png).find(isManifest);
  return chunk ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(inflated(chunk.data.subarray(prefix.length))) : null;
}

/** Piece by piece, so that no stream makes us hold much more than a manifest can have. */
function inflated(packed: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let total = 0;
  const stream = new Unzlib((part) => {
    parts.push(part);
    total += part.length;
  });
  try {
    for (let at = 0; at < packed.length && total <= MAX_TEXT_BYTES; at += PIECE_BYTES) {
      stream.push(packed.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= packed.length);
    }
  } catch {
    // Not a stream: what came before it is no manifest either.
  }
  return concatBytes(...parts);
}
