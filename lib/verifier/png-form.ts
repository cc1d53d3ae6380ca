import type { PngChunk } from '@/lib/protocol/png-chunks';

/**
 * Chunks that leave the shown picture alone. A colour profile, a gamma, an orientation or an animation would make a viewer show something
 * else than the pixels that are hashed, so a file with any other chunk does not pass.
 */
const HARMLESS = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'sRGB', 'pHYs', 'tIME', 'tEXt', 'zTXt', 'iTXt', 'caBX']);
const TEXTS = new Set(['tEXt', 'zTXt', 'iTXt']);
/** Names of texts in which viewers look for Exif and colour profiles. No work has one. */
const TELLS_VIEWERS = /raw profile type|orientation/i;
/** Sealed works have XMP, which says how they were made. It can also say how to turn a picture, so it has to be plain. */
const XMP = /com\.adobe\.xmp/i;
const PLAIN_XMP = 'XML:com.adobe.xmp\0\0\0\0\0';
/** What people wrote: a prompt may say anything. */
const VALUES = /=\s*"[^"<]*"/g;
/** Orientation as a name, and what could hide one from us: other quotes, entities, UTF-16. */
const TURNS = /orientation|["'&\0]|<!/i;
const LONGEST_NAME = 79;
const MOST_COLOURS = 256;

const latin = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);
const nameOf = ({ data }: PngChunk) => latin(data.subarray(0, LONGEST_NAME + 1)).split('\0')[0] ?? '';

/** Why viewers may show something else than the hashed pixels, by how the file is put together; null where all of them read the same in it. */
export function formProblem(chunks: readonly PngChunk[]): string | null {
  const odd = chunks.find(({ type }) => !HARMLESS.has(type));
  if (odd) return `The file carries a part (${odd.type}) that changes how its pixels are shown.`;
  const told = chunks.find((chunk) => TEXTS.has(chunk.type) && tellsViewers(chunk));
  if (told) return `The file carries a text (${nameOf(told)}) that tells viewers how to show its pixels.`;
  return headerProblem(chunks) ?? orderProblem(chunks.map(({ type }) => type)) ?? paletteProblem(chunks);
}

function tellsViewers(chunk: PngChunk): boolean {
  const name = nameOf(chunk);
  if (!XMP.test(name)) return TELLS_VIEWERS.test(name);
  const text = latin(chunk.data);
  return chunk.type !== 'iTXt' || !text.startsWith(PLAIN_XMP) || TURNS.test(text.slice(PLAIN_XMP.length).replace(VALUES, ''));
}

function headerProblem(chunks: readonly PngChunk[]): string | null {
  const [header, ...rest] = chunks;
  if (header?.type !== 'IHDR' || header.data.length !== 13) return 'The file does not begin with a header.';
  if (rest.some(({ type }) => type === 'IHDR')) return 'The file has more than one header.';
  if (header.data[10] !== 0 || header.data[11] !== 0) return 'The pixels are packed in a way that PNG does not know.';
  return null;
}

/** Viewers read the first run of pixels, and not what comes after another part. */
function orderProblem(types: readonly string[]): string | null {
  const [first, last] = [types.indexOf('IDAT'), types.lastIndexOf('IDAT')];
  if (first < 0) return 'The file has no pixels.';
  if (types.slice(first, last).some((type) => type !== 'IDAT')) return 'The pixels are in pieces with another part between them.';
  return types.lastIndexOf('PLTE') > first ? 'The palette comes after the pixels.' : null;
}

function paletteProblem(chunks: readonly PngChunk[]): string | null {
  const [palette, ...more] = chunks.filter(({ type }) => type === 'PLTE');
  if (more.length > 0) return 'The file has more than one palette.';
  const isWhole = !palette || (palette.data.length % 3 === 0 && palette.data.length <= 3 * MOST_COLOURS);
  return isWhole ? null : 'The palette is not one.';
}
