import { concatBytes } from '@noble/hashes/utils';
import { makeChunk, PNG_SIGNATURE, type PngChunk, readChunks } from '@/lib/protocol/png-chunks';
import type { TestWork } from './make-work';
import type { Mutation } from './mutations';
import type { Random } from './random';

type Change = (chunks: PngChunk[]) => PngChunk[];

const bytes = (content: string) => new TextEncoder().encode(content);
const text = (content: string) => makeChunk('tEXt', bytes(content));
const xmp = (flags: string, content: string) => makeChunk('iTXt', bytes(`XML:com.adobe.xmp\0${flags}\0\0${content}`));
const at = (chunks: PngChunk[], type: string) => chunks.findIndex((chunk) => chunk.type === type);
const before =
  (type: string, added: PngChunk): Change =>
  (chunks) =>
    chunks.toSpliced(at(chunks, type), 0, added);

/** The header with one byte another one. */
const inHeader =
  (offset: number, value: number): Change =>
  ([header, ...rest]) => {
    const data = Uint8Array.from(header?.data ?? []);
    data[offset] = value;
    return [makeChunk('IHDR', data), ...rest];
  };

/** Pixels in two runs: readers show the first, or both. */
const split: Change = (chunks) => {
  const index = at(chunks, 'IDAT');
  const { data } = chunks[index] as PngChunk;
  const half = data.length >> 1;
  return chunks.toSpliced(index, 1, makeChunk('IDAT', data.subarray(0, half)), text('Comment\0'), makeChunk('IDAT', data.subarray(half)));
};

/** The same pixels in files that other readers show in another way, or not at all. */
export const FORMS: Record<string, Change> = {
  'pixels in two runs': split,
  'a second header': (chunks) => before('IDAT', chunks[0] as PngChunk)(chunks),
  'another compression': inHeader(10, 1),
  'another filter method': inHeader(11, 1),
  'the filter method of MNG': inHeader(11, 64),
  'two palettes': (chunks) => before('IDAT', makeChunk('PLTE', new Uint8Array(6)))(before('IDAT', makeChunk('PLTE', new Uint8Array(3)))(chunks)),
  'a palette after the pixels': before('IEND', makeChunk('PLTE', new Uint8Array(3))),
  'half a colour in the palette': before('IDAT', makeChunk('PLTE', new Uint8Array(4))),
  'an orientation in a text of Exif': before('IDAT', text('Raw profile type exif\0\nexif\n      26\n45786966')),
  'an orientation in XMP': before('IDAT', xmp('\0\0', '<x tiff:Orientation="6"/>')),
  'an orientation in XMP, by an entity': before('IDAT', xmp('\0\0', '<!DOCTYPE x [<!ENTITY o "6">]><x/>')),
  'an orientation between two values of XMP': before('IDAT', xmp('\0\0', `<x b='="' tiff:Orientation="6"/>`)),
  'XMP that is packed': before('IDAT', xmp('\u0001\0', 'packed')),
  'XMP by another kind of text': before('IDAT', makeChunk('zTXt', bytes('XML:com.adobe.xmp\0\0packed'))),
};

export const inForm = (file: Uint8Array, change: Change) => concatBytes(PNG_SIGNATURE, ...change(readChunks(file)).map(({ bytes }) => bytes));

/** Of a text the card is not what was signed: there the file is another one than the token's. */
export function changeForm(random: Random, { file, record }: TestWork): Mutation {
  const name = random.pick(Object.keys(FORMS));
  return { name, file: inForm(file, FORMS[name] as Change), rows: [record.kind === 'text' ? 'token' : 'file'] };
}
