import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { recoverMessageAddress } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { decodeRaster } from '@/lib/inference/check-output';
import { localSigner, recoverSigner } from '@/lib/keys/signer';
import { rasterContent } from '@/lib/protocol/content';
import { receiptDigest } from '@/lib/protocol/receipt';
import { nativeSha256 } from '@/lib/storage/native-sha256';
import { median } from './report';

const SIDE = 1024;
const ROUNDS = 9;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function pair(what: string, ours: () => Promise<unknown>, baseline: () => Promise<unknown>) {
  const rounds: { ours: number; baseline: number }[] = [];
  for (let i = 0; i <= ROUNDS; i++) {
    const round = { baseline: await timed(baseline), ours: await timed(ours) };
    if (i > 0) rounds.push(round);
  }
  return { what, ours: median(rounds.map((r) => r.ours)), baseline: median(rounds.map((r) => r.baseline)), unit: 'ms' };
}

/**
 * What is done with an output of 1024 px: decoding and checking it (beside the decoder alone), encoding the work's PNG (beside the encoder at
 * its fastest), and content, receipt, signature and check (beside viem signing and recovering as much).
 */
export async function benchParts() {
  // Soft shapes with a little grain, like a picture: plain noise would make every encoder look slow.
  const pixels = Buffer.alloc(SIDE * SIDE * 4, 255);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    for (let c = 0; c < 3; c++) pixels[i * 4 + c] = (128 + 100 * Math.sin(x / (60 + c * 9)) * Math.cos(y / 80) + ((i * 2_654_435_761) >>> 29)) & 255;
  }
  const raw = { raw: { width: SIDE, height: SIDE, channels: 4 as const } };
  const png = await sharp(pixels, raw).png().toBuffer();
  const [key, hex] = [randomBytes(32), (bytes: number) => `0x${randomBytes(bytes).toString('hex')}` as const];
  const signer = localSigner(key);
  const account = privateKeyToAccount(`0x${key.toString('hex')}`);
  const fields = { version: hex(32), seed: 7n, paramsHash: hex(32), promptHash: hex(32), parent: hex(32) };
  const receipt = async () => {
    const content = rasterContent({ width: SIDE, height: SIDE, rgba: pixels }, nativeSha256);
    const digest = receiptDigest(31_337, hex(20), { ...fields, content });
    if (recoverSigner(digest, await signer.signDigest(digest)) !== signer.address) throw new Error('another signer');
  };
  const viem = async () => {
    const message = hex(32);
    await recoverMessageAddress({ message, signature: await account.signMessage({ message }) });
  };
  return [
    await pair(
      'decodeMs',
      () => decodeRaster(png),
      () => sharp(png).ensureAlpha().raw().toBuffer(),
    ),
    await pair(
      'encodeMs',
      () => sharp(pixels, raw).png({ compressionLevel: 6 }).toBuffer(),
      () => sharp(pixels, raw).png({ compressionLevel: 1 }).toBuffer(),
    ),
    await pair('receiptMs', receipt, viem),
  ];
}
