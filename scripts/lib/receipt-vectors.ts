import type { Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { cidText, rawCid } from '@/lib/protocol/cid';
import { textContent } from '@/lib/protocol/content';
import { FROZEN } from '@/lib/protocol/evolve-terms';
import { sha256Hex } from '@/lib/protocol/hash';
import { type Manifest, manifestText, versionDigest } from '@/lib/protocol/manifest';
import { metadataCid, renderMetadata, tokenIdOf } from '@/lib/protocol/metadata';
import type { OpeningFile } from '@/lib/protocol/opening-file';
import { paramsHash, paramsText } from '@/lib/protocol/params';
import { promptHash } from '@/lib/protocol/prompt';
import { NO_PARENT, receiptDigest } from '@/lib/protocol/receipt';
import { makeReceiptFile, type ReceiptFile } from '@/lib/protocol/receipt-file';

// Keys of nobody: they sign test vectors and nothing else.
const versionKey = privateKeyToAccount(sha256Hex('intaglio receipt vector: version key'));
const otherKey = privateKeyToAccount(sha256Hex('intaglio receipt vector: another key'));

const chainId = 31337;
const collection: Hex = '0x1a7a9110c0ffee00000000000000000000000002';
const base = 'https://intaglio.example/w/';
const opening = { salt: '0x0f0e0d0c0b0a09080706050403020100' as Hex, prompt: 'a quiet plate, € 𝄞\nand a second line' };

const manifest: Manifest = {
  manifest: 1,
  creator: '0x00000000000000000000000000000000000c0ffe',
  name: 'Vector',
  number: 2,
  kind: 'image',
  weights: null,
  parameters: { type: 'object', properties: { steps: { type: 'integer', minimum: 1, maximum: 50, default: 20 } } },
  seedKind: 'exact',
  reproducibility: 'C',
  signerCustody: 'creator',
  licence: 'CC-BY-4.0',
  upstreamLicences: [],
  trainingData: null,
  derivativeShareBps: 0,
};

async function receiptFile(of: { manifest: Manifest; content: Hex; parent: Hex; seed: bigint; isMinted: boolean }): Promise<ReceiptFile> {
  const params = paramsText({ steps: 20 });
  const text = manifestText(of.manifest);
  const receipt = {
    ...{ version: versionDigest(text), seed: of.seed, paramsHash: paramsHash(params) },
    ...{ promptHash: promptHash(opening), content: of.content, parent: of.parent },
  };
  const image = rawCid('the sealed file');
  const metadata = renderMetadata({ base, receipt, image, label: 'Still', traits: '0x', evolve: FROZEN });
  const token = { tokenId: tokenIdOf(metadata), metadata, metadataCid: cidText(metadataCid(tokenIdOf(metadata))), imageCid: cidText(image) };
  return makeReceiptFile({
    ...{ chainId, collection, receipt, params, manifestText: text, manifest: of.manifest },
    signature: await versionKey.sign({ hash: receiptDigest(chainId, collection, receipt) }),
    signer: { address: versionKey.address.toLowerCase() as Hex, kind: 'eoa' },
    token: of.isMinted ? { ...token, mintTransaction: sha256Hex('the transaction of the mint') } : null,
  });
}

/** Receipts that hold, receipts of the right form that do not, and files that are no receipts, with an opening of the prompt. */
export async function receiptVectors(): Promise<Record<string, unknown>> {
  const minted = await receiptFile({ manifest, content: sha256Hex('pixels'), parent: NO_PARENT, seed: 2n ** 64n - 1n, isMinted: true });
  const ofText: Manifest = { ...manifest, kind: 'text', seedKind: 'none', reproducibility: 'D', signerCustody: 'platform' };
  const text = await receiptFile({ manifest: ofText, content: textContent('A line.'), parent: minted.digest as Hex, seed: 0n, isMinted: false });
  const openingFile: OpeningFile = { type: 'intaglio-prompt-opening', v: 1, ...opening, promptHash: promptHash(opening), receipt: minted.digest };
  const withMessage = (change: Partial<ReceiptFile['typedData']['message']>) => ({
    ...minted,
    typedData: { ...minted.typedData, message: { ...minted.typedData.message, ...change } },
  });
  const { params: _params, ...withoutParams } = minted;
  return {
    holds: [
      { name: 'a minted picture', receipt: minted, opening: openingFile },
      { name: 'a text made from it, not minted', receipt: text },
    ],
    doesNotHold: [
      { name: 'another seed', receipt: withMessage({ seed: '0' }), fails: 'digest' },
      {
        name: 'another chain',
        receipt: { ...minted, typedData: { ...minted.typedData, domain: { ...minted.typedData.domain, chainId: 1 } } },
        fails: 'digest',
      },
      { name: 'another content', receipt: withMessage({ content: sha256Hex('other pixels') }), fails: 'digest' },
      { name: 'signed by another key', receipt: { ...minted, signature: await otherKey.sign({ hash: minted.digest as Hex }) }, fails: 'signature' },
      { name: 'other parameters', receipt: { ...minted, params: paramsText({ steps: 21 }) }, fails: 'params' },
      {
        name: 'another manifest',
        receipt: { ...minted, manifest: { ...minted.manifest, text: manifestText({ ...manifest, name: 'Other' }) } },
        fails: 'manifest',
      },
      { name: 'a better grade than the manifest gives', receipt: { ...minted, reproducibility: 'A' }, fails: 'manifest' },
      {
        name: 'other metadata',
        receipt: { ...minted, token: minted.token && { ...minted.token, metadata: `${minted.token.metadata} ` } },
        fails: 'token',
      },
    ],
    isNoReceipt: [
      { name: 'a proof that it is not', receipt: { ...minted, proofType: 'zk' } },
      { name: 'without parameters', receipt: withoutParams },
      { name: 'a seed with a leading zero', receipt: withMessage({ seed: '07' }) },
      { name: 'a digest in capitals', receipt: { ...minted, digest: minted.digest.toUpperCase().replace('0X', '0x') } },
      { name: 'something added', receipt: { ...minted, verified: true } },
      {
        name: 'another type of a field',
        receipt: {
          ...minted,
          typedData: {
            ...minted.typedData,
            types: { ...minted.typedData.types, Receipt: minted.typedData.types.Receipt.map((field) => ({ ...field, type: 'bytes32' })) },
          },
        },
      },
      {
        name: 'a field of the types left out',
        receipt: {
          ...minted,
          typedData: { ...minted.typedData, types: { ...minted.typedData.types, Receipt: minted.typedData.types.Receipt.slice(1) } },
        },
      },
    ],
    openings: {
      doesNotOpen: [
        { name: 'a line end changed', opening: { ...openingFile, prompt: opening.prompt.replace('\n', '\r\n') } },
        { name: 'another salt', opening: { ...openingFile, salt: `0x${'00'.repeat(16)}` } },
      ],
      isNoOpening: [
        { name: 'a salt of 15 bytes', opening: { ...openingFile, salt: `0x${'00'.repeat(15)}` } },
        { name: 'without a prompt', opening: { ...openingFile, prompt: null } },
      ],
    },
  };
}
