import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { makeChunk, PNG_SIGNATURE, readChunks } from '@/lib/protocol/png-chunks';

/** A photo as a phone makes one: JPEG on its side, with the camera's notes and where it was taken. */
export async function photo({ width = 60, height = 40, waves = 0 } = {}): Promise<Buffer> {
  const down = (y: number) => (waves ? 127 + 120 * Math.sin((y / height) * waves * 6.28) : (y * 255) / height);
  const shade = (x: number, y: number) => [(x * 255) / width, down(y), 90];
  const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => shade(Math.floor(i / 3) % width, Math.floor(i / 3 / width))[i % 3] ?? 0);
  const IFD0 = { Make: 'Canary camera', Copyright: 'canary person' };
  const IFD3 = { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100', GPSLongitudeRef: 'W', GPSLongitude: '0/1 7/1 4366/100' };
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .withMetadata({ orientation: 6, exif: { IFD0, IFD3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
}

/** A PNG of one shade, of a seed. */
export const plain = (shade: number, { width = 8, height = 6 } = {}): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 4, background: { r: shade, g: 20, b: 30, alpha: 0.5 } } })
    .png()
    .toBuffer();

/** A PNG made by hand: `rows` are its pixel rows with their filter bytes. */
function pngOf(
  header: { width: number; height: number; depth: number; colour: number },
  rows: Uint8Array,
  extra: [string, Uint8Array][] = [],
): Buffer {
  const ihdr = Buffer.alloc(13);
  ihdr.writeUInt32BE(header.width, 0);
  ihdr.writeUInt32BE(header.height, 4);
  ihdr.set([header.depth, header.colour], 8);
  const chunks: [string, Uint8Array][] = [['IHDR', ihdr], ...extra, ['IDAT', deflateSync(rows)], ['IEND', new Uint8Array()]];
  return Buffer.concat([PNG_SIGNATURE, ...chunks.map(([type, data]) => makeChunk(type, data).bytes)]);
}

/** A few hundred bytes that say they are nine hundred megapixels. */
export const bomb = (): Buffer => pngOf({ width: 30_000, height: 30_000, depth: 8, colour: 2 }, Buffer.alloc(90_001));

/** 3 × 1, 16 bits a channel. */
export const deep = (): Buffer =>
  pngOf(
    { width: 3, height: 1, depth: 16, colour: 2 },
    Buffer.from([0, ...[0xffff, 0x8000, 0, 0x1234, 0, 0, 0, 0, 0xffff].flatMap((v) => [v >> 8, v & 255])]),
  );

/** An APNG of two frames, and a WebP of two. */
export const animatedPng = (): Buffer => {
  const control = Buffer.alloc(8);
  control.writeUInt32BE(2, 0);
  return pngOf({ width: 1, height: 1, depth: 8, colour: 2 }, Buffer.from([0, 1, 2, 3]), [['acTL', control]]);
};
export const animatedWebp = async (): Promise<Buffer> => {
  const frames = await Promise.all(
    [10, 200].map((shade) =>
      sharp({ create: { width: 16, height: 16, channels: 3, background: { r: shade, g: 0, b: 0 } } })
        .png()
        .toBuffer(),
    ),
  );
  return sharp(frames, { join: { animated: true } })
    .webp({ loop: 0 })
    .toBuffer();
};

/** A PNG with a page in a chunk of its text. */
export async function pngWithPage(): Promise<Buffer> {
  const [header, ...rest] = readChunks(await plain(77));
  const page = makeChunk('tEXt', Buffer.from('Comment\0<script>alert("canary")</script>', 'latin1'));
  return Buffer.concat([PNG_SIGNATURE, ...[header, page, ...rest].map((chunk) => chunk?.bytes ?? new Uint8Array())]);
}
