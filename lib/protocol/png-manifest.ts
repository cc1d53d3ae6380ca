import { concatBytes, utf8ToBytes } from '@noble/hashes/utils';
import { makeChunk, PNG_SIGNATURE, type PngChunk, readChunks } from './png-chunks';

/** Keyword of the iTXt chunk that carries the manifest of the version that made a work. */
const KEYWORD = 'intaglio.manifest';
const prefix = utf8ToBytes(`${KEYWORD}\0\0\0\0\0`);

const isManifest = ({ type, data }: PngChunk) => type === 'iTXt' && prefix.every((byte, i) => data[i] === byte);

/**
 * The PNG with the version's manifest in it, so that whoever has the file can tell whose model it is without asking anybody: its sha-256 is the
 * receipt's `version`. Stands before IEND; one it had before is taken out. Throws ProtocolError on a damaged PNG.
 */
export function writeManifest(png: Uint8Array, manifestText: string): Uint8Array {
  const kept = readChunks(png).filter((chunk) => !isManifest(chunk));
  const end = kept.pop() as PngChunk;
  const added = makeChunk('iTXt', concatBytes(prefix, utf8ToBytes(manifestText)));
  return concatBytes(PNG_SIGNATURE, ...kept.map(({ bytes }) => bytes), added.bytes, end.bytes);
}

/** The text, which is worth nothing before its sha-256 is compared; null where there is none. Throws ProtocolError on a damaged PNG. */
export function readManifest(png: Uint8Array): string | null {
  const chunk = readChunks(png).find(isManifest);
  return chunk ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(chunk.data.subarray(prefix.length)) : null;
}
