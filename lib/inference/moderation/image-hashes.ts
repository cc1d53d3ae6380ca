import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { env } from '@/lib/env';

/** So many bits of 64 may differ: survives scaling, re-encoding and brightness, not a crop. */
const NEAR_BITS = 6;

let listed: bigint[] | undefined;

/** The hashes in MODERATION_IMAGE_HASHES, one of 16 hex digits a line; what follows a # is a note. */
function list(): bigint[] {
  if (!env.MODERATION_IMAGE_HASHES) return [];
  listed ??= readFileSync(env.MODERATION_IMAGE_HASHES, 'utf8')
    .split('\n')
    .flatMap((line) => /^\s*([0-9a-f]{16})\b/i.exec(line)?.[1] ?? [])
    .map((hex) => BigInt(`0x${hex}`));
  return listed;
}

/** Difference hash: of 9 × 8 grey values, whether each is lighter than its right neighbour. Row by row, 64 bits. */
export async function differenceHash({ width, height, rgba }: { width: number; height: number; rgba: Uint8Array }): Promise<bigint> {
  const grey = await sharp(rgba, { raw: { width, height, channels: 4 } })
    .flatten({ background: '#fff' })
    .greyscale()
    .resize(9, 8, { fit: 'fill' })
    .raw()
    .toBuffer();
  let hash = 0n;
  for (let y = 0; y < 8; y++) for (let x = 0; x < 8; x++) hash = (hash << 1n) | ((grey[y * 9 + x] ?? 0) > (grey[y * 9 + x + 1] ?? 0) ? 1n : 0n);
  return hash;
}

const bitsOf = (value: bigint) => value.toString(2).replaceAll('0', '').length;

/** Why a picture is not delivered; null where it is near none of the list, or there is none. */
export async function blockedImage(raster: { width: number; height: number; rgba: Uint8Array }): Promise<string | null> {
  const hashes = list();
  if (hashes.length === 0) return null;
  const hash = await differenceHash(raster);
  return hashes.some((one) => bitsOf(one ^ hash) <= NEAR_BITS) ? 'listed picture' : null;
}
