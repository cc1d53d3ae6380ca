/*
 * CPU milliseconds of one core (median) and bytes, for a house-sized picture of 1024 px. `--json` ends with one line of JSON.
 * Baseline of the times: the official reader alone over the same sealed file, in the same rounds. Baseline of the bytes: the record as a
 * PNG chunk, which is what a file carried before it had Content Credentials.
 */
import { keccak_256 } from '@noble/hashes/sha3';
import sharp from 'sharp';
import { openC2pa } from '../../lib/credentials/c2pa';
import { readCredentials } from '../../lib/credentials/read-credentials';
import { signCredentials } from '../../lib/credentials/sign-credentials';
import { manifestOf, record, testKey } from '../../lib/credentials/testing/fixtures';
import { HOUSE_MODELS } from '../../lib/inference/house/models';
import { render } from '../../lib/inference/house/render';
import { localSigner } from '../../lib/keys/signer';
import { manifestText } from '../../lib/protocol/manifest';
import { writeManifest } from '../../lib/protocol/png-manifest';
import { writeRecord } from '../../lib/protocol/png-record';
import { receiptDigest } from '../../lib/protocol/receipt';
import { receiptOf } from '../../lib/protocol/work-record';
import { houseManifest } from '../../prisma/seed/house-models';
import { median, printBench } from './report';

const ROUNDS = 15;

async function cpuMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const { rgba, width, height } = render({ model: 'nacre', prompt: 'ocean storm', seed: '1', params: { width: 1024, height: 1024 } });
const png = await sharp(rgba, { raw: { width, height, channels: 4 } })
  .removeAlpha()
  .png()
  .toBuffer();
const { key, rootPem } = await testKey();
const { WasmReader } = await openC2pa();
const manifest = manifestOf({ record: { ...record, params: JSON.stringify({ width: 1024, height: 1024, guidance: '5' }) } });
const context = JSON.stringify({ verify: { verify_trust: true, remote_manifest_fetch: false }, trust: { trust_anchors: rootPem } });
const signer = localSigner(keccak_256(Uint8Array.of(1)));

async function readerAlone(file: Uint8Array): Promise<void> {
  const reader = await WasmReader.fromBytes('image/png', file, context);
  reader.json();
  reader.free();
}
const signReceipt = () => signer.signDigest(receiptDigest(record.chainId, record.collection, receiptOf(record)));

const times: Record<'seal' | 'receipt' | 'verify' | 'reader', number[]> = { seal: [], receipt: [], verify: [], reader: [] };
// As lib/works seals: the version's manifest and the record as chunks, then the credentials over everything.
const versionText = manifestText(
  houseManifest(HOUSE_MODELS.find(({ id }) => id === 'nacre') as (typeof HOUSE_MODELS)[number], `0x${'11'.repeat(20)}`),
);
const seal = () => signCredentials(writeRecord(writeManifest(png, versionText), manifest.record), manifest, key);
let sealed = await seal();
for (let round = -3; round < ROUNDS; round++) {
  const sealing = await cpuMs(async () => {
    sealed = await seal();
  });
  const verify = await cpuMs(() => readCredentials(WasmReader, sealed, { trustAnchorsPem: rootPem }));
  const reader = await cpuMs(() => readerAlone(sealed));
  const receipt = await cpuMs(signReceipt);
  // The first rounds warm up.
  if (round >= 0) for (const [name, ms] of Object.entries({ seal: sealing, receipt, verify, reader })) times[name as keyof typeof times].push(ms);
}

const baseline = median(times.reader);
printBench('provenance', [
  { what: 'sealMs', ours: median(times.seal), baseline, unit: 'ms' },
  { what: 'receiptMs', ours: median(times.receipt), baseline, unit: 'ms' },
  { what: 'verifyMs', ours: median(times.verify), baseline, unit: 'ms' },
  { what: 'bytesAdded', ours: sealed.length - png.length, baseline: writeRecord(png, manifest.record).length - png.length, unit: 'bytes' },
]);
