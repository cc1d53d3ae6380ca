import sharp from 'sharp';
import { encodeFunctionData, type Hex } from 'viem';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { rasterContent, textContent } from '@/lib/protocol/content';
import { encodeEvolveTerms, FROZEN } from '@/lib/protocol/evolve-terms';
import { fileCid } from '@/lib/protocol/file-cid';
import { mintRequest } from '@/lib/protocol/mint-request';
import { paramsHash, paramsText } from '@/lib/protocol/params';
import { writeManifest } from '@/lib/protocol/png-manifest';
import { writeRecord } from '@/lib/protocol/png-record';
import { type PromptOpening, promptHash } from '@/lib/protocol/prompt';
import { NO_PARENT, receiptDigest } from '@/lib/protocol/receipt';
import { encodeTraits } from '@/lib/protocol/traits';
import { bytesHash, labelHash, type Voucher, voucherDigest } from '@/lib/protocol/voucher';
import { receiptJson, receiptOf, type WorkRecord } from '@/lib/protocol/work-record';
import type { TestHouse, TestVersion } from './house';
import type { Random } from './random';

export type TestWork = { file: Uint8Array; record: WorkRecord; opening: PromptOpening; digest: Hex; manifest: string };
export type Wanted = {
  kind?: 'image' | 'text';
  parent?: Hex;
  evolve?: 'frozen' | 'evolves';
  titled?: boolean;
  alpha?: boolean;
  side?: number;
  version?: TestVersion;
  collection?: Hex;
};

/** The last step of sealing: what is there beside the record, such as Content Credentials. */
export type Seal = (png: Uint8Array, work: Omit<TestWork, 'file'>) => Promise<Uint8Array>;

async function picture(random: Random, { side = 8, alpha = false }: Wanted) {
  const channels = alpha ? 4 : 3;
  const [width, height] = [side, side + random.below(4)];
  const data = Buffer.from(Array.from({ length: width * height * channels }, (_, i) => (i * 7 + random.below(40)) % 256));
  const image = sharp(data, { raw: { width, height, channels } });
  const png = await image.png({ adaptiveFiltering: random.below(2) === 0 }).toBuffer();
  return { png, raster: { width, height, rgba: await sharp(png).ensureAlpha().raw().toBuffer() } };
}

/** A work as the house makes one: signed by its version's key, and sealed. Nothing is stored. */
export async function makeTestWork(house: TestHouse, random: Random, wanted: Wanted = {}, seal?: Seal): Promise<TestWork> {
  const { kind = 'image', parent = NO_PARENT, evolve = 'frozen', titled = true, collection = house.collection } = wanted;
  const version = wanted.version ?? (kind === 'text' ? house.texts : house.images);
  const { png, raster } = await picture(random, wanted);
  const text = kind === 'text' ? { text: `Line ${random.below(1e9)}, größer than ${random.below(1e9)} 🪶\n` } : {};
  const params = paramsText({ width: raster.width, height: raster.height, guidance: `${random.below(99)}` });
  const opening = { salt: random.hex(16), prompt: `a thought of ${random.below(1e9)}` };
  const receipt = {
    ...{ version: version.digest, seed: BigInt(random.hex(8)), paramsHash: paramsHash(params), promptHash: promptHash(opening), parent },
    content: text.text === undefined ? rasterContent(raster) : textContent(text.text),
  };
  const digest = receiptDigest(house.chainId, collection, receipt);
  const terms = evolve === 'frozen' ? FROZEN : encodeEvolveTerms({ by: 'anyone', rule: `0x${'00'.repeat(20)}`, until: 0n });
  const title = titled
    ? { label: `State ${random.below(1e6)}`, traits: encodeTraits([{ name: 'Ink', value: `${random.below(9)}` }]), evolve: terms }
    : {};
  const record: WorkRecord = {
    ...{ v: 1 as const, chainId: house.chainId, collection, base: 'https://example.org/w/', kind, ...text, ...title, params },
    receipt: receiptJson(receipt),
    signature: await version.signer.signDigest(digest),
  };
  const work = { record, opening, digest, manifest: version.text };
  const bare = writeRecord(writeManifest(png, version.text), record);
  return { ...work, file: seal ? await seal(bare, work) : bare };
}

/** Mints it to the chain's first account, with a voucher by the platform's key. */
export async function mintTestWork(house: TestHouse, { file, record, digest }: Pick<TestWork, 'file' | 'record' | 'digest'>): Promise<void> {
  const { label = '', traits = '0x', evolve = '0x', params, signature } = record;
  const image = await fileCid(file);
  const { timestamp } = await house.chain.client.getBlock();
  const voucher: Voucher = {
    ...{ receipt: digest, to: house.chain.wallet(0).account.address, price: 0n, captured: timestamp, deadline: timestamp + 900n },
    ...{ label: labelHash(label), traits: bytesHash(traits), evolve: bytesHash(evolve), codec: image.codec, image: image.digest },
  };
  const voucherSignature = await house.platform.signDigest(voucherDigest(house.chainId, house.collection, voucher));
  const request = mintRequest({ receipt: receiptOf(record), receiptSignature: signature, voucher, voucherSignature, params, label, traits, evolve });
  const hash = await house.chain.send(house.collection, encodeFunctionData({ abi: workCollectionAbi, functionName: 'mint', args: [request] }));
  const { status } = await house.chain.client.waitForTransactionReceipt({ hash, pollingInterval: 5 });
  if (status !== 'success') throw new Error('the mint was reverted');
}
