import sharp from 'sharp';

type Picture = { width: number; height: number; rgba: Uint8Array };
const open = ({ width, height, rgba }: Picture) => sharp(rgba, { raw: { width, height, channels: 4 } });

/** What happens to pictures on their way through the web. */
export const COPIES: Record<string, (picture: Picture) => Promise<Buffer>> = {
  'resized to a half': (p) =>
    open(p)
      .resize(Math.round(p.width / 2))
      .png()
      .toBuffer(),
  'resized to 200 pixels': (p) => open(p).resize(200).png().toBuffer(),
  'JPEG 80': (p) => open(p).jpeg({ quality: 80 }).toBuffer(),
  'JPEG 60': (p) => open(p).jpeg({ quality: 60 }).toBuffer(),
  'JPEG 30': (p) => open(p).jpeg({ quality: 30 }).toBuffer(),
  'WebP 50 at a half': (p) =>
    open(p)
      .resize(Math.round(p.width / 2))
      .webp({ quality: 50 })
      .toBuffer(),
  'brighter by a tenth': (p) => open(p).modulate({ brightness: 1.1 }).png().toBuffer(),
  'darker by a fifth': (p) => open(p).modulate({ brightness: 0.8 }).png().toBuffer(),
  mirrored: (p) => open(p).flop().png().toBuffer(),
  'mirrored, JPEG 60': (p) => open(p).flop().jpeg({ quality: 60 }).toBuffer(),
  'upside down': (p) => open(p).flip().png().toBuffer(),
  'turned by a quarter': (p) => open(p).rotate(90).png().toBuffer(),
  'a black and white one': (p) => open(p).grayscale().png().toBuffer(),
  '1 % cropped from each side': (p) => cropped(p, 0.01),
  '2 % cropped from each side': (p) => cropped(p, 0.02),
  '5 % cropped in all': (p) => cropped(p, 0.025),
  '5 % cropped from each side': (p) => cropped(p, 0.05),
};

function cropped(picture: Picture, share: number): Promise<Buffer> {
  const [left, top] = [Math.round(picture.width * share), Math.round(picture.height * share)];
  return open(picture)
    .extract({ left, top, width: picture.width - 2 * left, height: picture.height - 2 * top })
    .png()
    .toBuffer();
}
