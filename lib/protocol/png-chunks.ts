import { ProtocolError } from './protocol-error';

/** One chunk: its four-letter type, its data, and all its bytes (length, type, data, CRC). */
export type PngChunk = { type: string; data: Uint8Array; bytes: Uint8Array };

export const PNG_SIGNATURE = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** CRC-32 as PNG uses it (W3C PNG, annex D). */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Encoders write pieces of 4 KB and more: what has more of them than this is made to be many. */
const MAX_CHUNKS = 20_000;

/** Takes a PNG apart. Throws ProtocolError on a wrong signature, length or CRC, on bytes after IEND and on more chunks than a picture has. */
export function readChunks(png: Uint8Array): PngChunk[] {
  if (!PNG_SIGNATURE.every((byte, i) => png[i] === byte)) throw new ProtocolError('not a PNG file');
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks: PngChunk[] = [];
  let offset = PNG_SIGNATURE.length;
  while (chunks.at(-1)?.type !== 'IEND') {
    if (chunks.length === MAX_CHUNKS) throw new ProtocolError('the PNG file has too many parts');
    if (offset + 12 > png.length) throw new ProtocolError('the PNG file ends early');
    const end = offset + 12 + view.getUint32(offset);
    if (end > png.length) throw new ProtocolError('the PNG file ends early');
    if (crc32(png.subarray(offset + 4, end - 4)) !== view.getUint32(end - 4)) throw new ProtocolError('a part of the PNG file is damaged');
    const type = String.fromCharCode(...png.subarray(offset + 4, offset + 8));
    chunks.push({ type, data: png.subarray(offset + 8, end - 4), bytes: png.subarray(offset, end) });
    offset = end;
  }
  if (offset !== png.length) throw new ProtocolError('the PNG file has bytes after its end');
  return chunks;
}

/** A chunk from its type and data. */
export function makeChunk(type: string, data: Uint8Array): PngChunk {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(bytes.length - 4, crc32(bytes.subarray(4, bytes.length - 4)));
  return { type, data, bytes };
}
