import sharp from 'sharp';

/** A plain PNG whose colour is the seed's: enough to tell two runs from each other. */
export async function pictureOf(seed: bigint, width: number, height: number): Promise<Buffer> {
  const channel = (shift: bigint) => Number((seed >> shift) & 255n);
  const background = { r: channel(0n), g: channel(8n), b: channel(16n) };
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
}
