import { concatBytes } from '@noble/hashes/utils';
import { zlibSync } from 'fflate';
import type { Hex } from 'viem';
import { bytesToHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { cidText, RAW } from '@/lib/protocol/cid';
import { rasterContent, textContent } from '@/lib/protocol/content';
import { FROZEN } from '@/lib/protocol/evolve-terms';
import { fileCid } from '@/lib/protocol/file-cid';
import { sha256Hex } from '@/lib/protocol/hash';
import { type Manifest, manifestText, versionDigest } from '@/lib/protocol/manifest';
import { mintRequest } from '@/lib/protocol/mint-request';
import { paramsHash, paramsText } from '@/lib/protocol/params';
import { makeChunk, PNG_SIGNATURE } from '@/lib/protocol/png-chunks';
import { writeRecord } from '@/lib/protocol/png-record';
import { promptHash } from '@/lib/protocol/prompt';
import { collectionDomain, NO_PARENT, RECEIPT_TYPES, receiptDigest } from '@/lib/protocol/receipt';
import { encodeTraits, type Trait } from '@/lib/protocol/traits';
import { bytesHash, labelHash, VOUCHER_TYPES, voucherDigest } from '@/lib/protocol/voucher';
import { receiptJson, type WorkRecord } from '@/lib/protocol/work-record';
import { text, tokenVectors } from './token-vectors';

// Keys of nobody: they sign test vectors and nothing else.
const versionKey = privateKeyToAccount(sha256Hex('intaglio test vector: version key'));
const platformKey = privateKeyToAccount(sha256Hex('intaglio test vector: platform key'));

const chainId = 31337;
const collection: Hex = '0x1a7a9110c0ffee00000000000000000000000001';
const base = 'https://intaglio.example/work/';

const manifest: Manifest = {
  manifest: 1,
  creator: '0x00000000000000000000000000000000000c0ffe',
  name: 'Vector',
  number: 1,
  kind: 'image',
  weights: sha256Hex('weights'),
  parameters: { type: 'object', properties: { steps: { type: 'integer', minimum: 1, maximum: 50, default: 20 } } },
  seedKind: 'exact',
  reproducibility: 'A',
  signerCustody: 'platform',
  licence: 'CC-BY-4.0',
  upstreamLicences: ['MIT', 'Apache-2.0'],
  trainingData: null,
  derivativeShareBps: 500,
};
const params = { steps: 20, palette: 'ash', upscale: false, note: 'é "quoted" \\ € 𝄞' };
const opening = { salt: '0x000102030405060708090a0b0c0d0e0f' as Hex, prompt: 'a quiet plate, € 𝄞' };
const raster = { width: 2, height: 1, rgba: new Uint8Array([255, 0, 0, 255, 0, 128, 255, 127]) };
/** Plain, beyond the basic plane, with line ends that stay as they are, and one character written in two ways: two texts. */
const SAMPLE_TEXTS = ['A line.', 'Größe €, 𝄞 and 🪶\n\n\tשלום  日本 ', 'caf\u00e9', 'cafe\u0301'];
const traits: Trait[] = [
  { name: 'Palette', value: 'Ash' },
  { name: 'Stimmung', value: 'ruhig, größer' },
];

function samplePng(): Uint8Array {
  const header = new Uint8Array([0, 0, 0, 2, 0, 0, 0, 1, 8, 6, 0, 0, 0]);
  const pixels = zlibSync(concatBytes(new Uint8Array([0]), raster.rgba), { level: 0 });
  return concatBytes(
    PNG_SIGNATURE,
    ...[makeChunk('IHDR', header), makeChunk('IDAT', pixels), makeChunk('IEND', new Uint8Array())].map((c) => c.bytes),
  );
}

/** `bytes` bytes that any language can make again: the low byte of i·(i >> 8) + i. */
export function patternBytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (Math.imul(i, i >>> 8) + i) & 0xff);
}

/** Every digest, text and signature of the protocol for fixed values: what contract, server and browser must all arrive at. */
export async function protocolVectors(): Promise<Record<string, unknown>> {
  const manifestJson = manifestText(manifest);
  const paramsJson = paramsText(params);
  const traitBytes = encodeTraits(traits);
  const label = 'Größe №1, still';
  const receipt = {
    version: versionDigest(manifestJson),
    seed: 2n ** 64n - 1n,
    paramsHash: paramsHash(paramsJson),
    promptHash: promptHash(opening),
    content: rasterContent(raster),
    parent: NO_PARENT,
  };
  const receiptSignature = await versionKey.signTypedData({
    domain: collectionDomain(chainId, collection),
    types: RECEIPT_TYPES,
    primaryType: 'Receipt',
    message: receipt,
  });
  const record: WorkRecord = {
    ...({ v: 1, chainId, collection, base, kind: 'image', receipt: receiptJson(receipt), signature: receiptSignature, params: paramsJson } as const),
    ...({ label, traits: traitBytes, evolve: '0x' } as const),
  };
  const png = samplePng();
  const file = writeRecord(png, record);
  const image = await fileCid(file);
  const voucher = {
    ...{ receipt: receiptDigest(chainId, collection, receipt), to: '0x00000000000000000000000000000000000a11ce' as Hex },
    ...{ price: 10_000_000_000_000_000n, captured: 1_800_000_000n, deadline: 1_800_000_900n, label: labelHash(label) },
    ...{ traits: bytesHash(traitBytes), codec: image.codec, image: image.digest, evolve: bytesHash('0x') },
  };
  const voucherSignature = await platformKey.signTypedData({
    domain: collectionDomain(chainId, collection),
    types: VOUCHER_TYPES,
    primaryType: 'Voucher',
    message: voucher,
  });
  const given = { chainId, collection, base, params: paramsJson, receipt, voucher, label, traits: traitBytes, image };
  const sizes = [0, 1, 1024 * 1024, 1024 * 1024 + 1, 3 * 1024 * 1024 + 17];
  const files = await Promise.all(
    sizes.map(async (bytes) => {
      const cid = await fileCid(patternBytes(bytes));
      return { bytes, codec: cid.codec, digest: cid.digest, cid: cidText(cid) };
    }),
  );
  return {
    place: { chainId, collection, base, name: 'Intaglio', version: '1' },
    signers: { version: versionKey.address, platform: platformKey.address },
    manifest: { value: manifest, text: manifestJson, version: receipt.version },
    params: { value: params, text: paramsJson, paramsHash: receipt.paramsHash },
    prompt: { ...opening, promptHash: receipt.promptHash },
    content: { width: raster.width, height: raster.height, rgba: bytesToHex(raster.rgba), content: receipt.content },
    texts: SAMPLE_TEXTS.map((sample) => ({ text: sample, utf8: bytesToHex(new TextEncoder().encode(sample)), content: textContent(sample) })),
    traits: { value: traits, encoded: traitBytes },
    receipt: { value: text(receipt), digest: voucher.receipt, signature: receiptSignature },
    voucher: { value: text(voucher), digest: voucherDigest(chainId, collection, voucher), signature: voucherSignature },
    request: text(
      mintRequest({ receipt, receiptSignature, voucher, voucherSignature, params: paramsJson, label, traits: traitBytes, evolve: FROZEN }),
    ),
    ...tokenVectors(given),
    files: { rawCodec: RAW, pattern: 'low byte of i * (i >> 8) + i', items: files },
    png: { without: bytesToHex(png), with: bytesToHex(file), sha256: sha256Hex(file), record },
  };
}
