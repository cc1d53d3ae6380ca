import { deflateSync, inflateSync } from 'node:zlib';
import { isPictureSize } from '../../lib/protocol/picture-size';
import { makeChunk, PNG_SIGNATURE, readChunks } from '../../lib/protocol/png-chunks';
import { ProtocolError } from '../../lib/protocol/protocol-error';

export type Pixels = { width: number; height: number; rgba: Uint8Array };

/** Samples a pixel, by PNG colour type: grey, RGB, grey and alpha, RGBA. */
const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 4: 2, 6: 4 };
/** With one of these the pixels are not what the samples say. */
const REFUSED = new Set(['iCCP', 'eXIf', 'cICP', 'tRNS', 'acTL']);

/** An 8-bit RGBA PNG with nothing else in it. */
export function encodePng({ width, height, rgba }: Pixels): Buffer {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 6, 0, 0, 0], 8);
  const stride = width * 4;
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    const at = y * (stride + 1);
    // Filter `sub`: a sample less the one to its left, which deflate packs far better than the samples themselves.
    rows[at] = 1;
    for (let i = 0; i < stride; i++) rows[at + 1 + i] = (rgba[y * stride + i] as number) - (i < 4 ? 0 : (rgba[y * stride + i - 4] as number));
  }
  const parts = [makeChunk('IHDR', header), makeChunk('IDAT', deflateSync(rows, { level: 6 })), makeChunk('IEND', new Uint8Array())];
  return Buffer.concat([PNG_SIGNATURE, ...parts.map(({ bytes }) => bytes)]);
}

/** Pixels of a PNG in the form that a receipt's `content` is over. Throws ProtocolError on any other. */
export function decodePng(png: Uint8Array): Pixels {
  const chunks = readChunks(png);
  const header = chunks[0];
  if (header?.type !== 'IHDR' || header.data.length !== 13) throw new ProtocolError('the PNG file has no header');
  const other = chunks.find(({ type }) => REFUSED.has(type));
  if (other) throw new ProtocolError(`the PNG file has a part ${other.type}`);
  const view = new DataView(header.data.buffer, header.data.byteOffset, 13);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colour, , , interlace] = header.data.subarray(8);
  const samples = SAMPLES[colour ?? -1];
  if (depth !== 8 || interlace !== 0 || !samples) throw new ProtocolError('the PNG file is not 8 bit grey or RGB, without interlacing');
  if (!isPictureSize(width, height)) throw new ProtocolError(`${width}×${height} pixels`);
  const size = (width * samples + 1) * height;
  const packed = Buffer.concat(chunks.flatMap(({ type, data }) => (type === 'IDAT' ? [data] : [])));
  let rows: Buffer;
  try {
    rows = inflateSync(packed, { maxOutputLength: size });
  } catch {
    throw new ProtocolError('the pixels of the PNG file cannot be unpacked');
  }
  if (rows.length !== size) throw new ProtocolError('the PNG file has too few pixels');
  return { width, height, rgba: toRgba(unfilter(rows, width * samples, height, samples), samples) };
}

function unfilter(rows: Buffer, stride: number, height: number, samples: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (stride + 1)] as number;
    if (filter > 4) throw new ProtocolError('the PNG file has an unknown filter');
    const [from, to] = [y * (stride + 1) + 1, y * stride];
    for (let i = 0; i < stride; i++) {
      const left = i < samples ? 0 : (out[to + i - samples] as number);
      const up = y === 0 ? 0 : (out[to + i - stride] as number);
      const corner = y === 0 || i < samples ? 0 : (out[to + i - stride - samples] as number);
      out[to + i] = (rows[from + i] as number) + predict(filter, left, up, corner);
    }
  }
  return out;
}

/** The five filters of PNG: none, sub, up, average, Paeth. */
function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter < 2) return filter === 0 ? 0 : left;
  if (filter < 4) return filter === 2 ? up : (left + up) >> 1;
  const estimate = left + up - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function toRgba(data: Uint8Array, samples: number): Uint8Array {
  if (samples === 4) return data;
  const rgba = new Uint8Array((data.length / samples) * 4);
  for (let from = 0, to = 0; from < data.length; from += samples, to += 4) {
    const grey = samples < 3;
    rgba[to] = data[from] as number;
    rgba[to + 1] = data[grey ? from : from + 1] as number;
    rgba[to + 2] = data[grey ? from : from + 2] as number;
    rgba[to + 3] = samples === 2 ? (data[from + 1] as number) : 255;
  }
  return rgba;
}
