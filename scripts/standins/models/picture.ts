import sharp from 'sharp';

/** A PNG of one colour, which depends on the seed. */
export async function picture(width: number, height: number, seed: bigint): Promise<Buffer> {
  const background = { r: Number(seed & 255n), g: Number((seed >> 8n) & 255n), b: Number((seed >> 16n) & 255n) };
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
}
