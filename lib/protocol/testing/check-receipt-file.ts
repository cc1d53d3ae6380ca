import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import { CID } from 'multiformats/cid';
import { hashTypedData, recoverAddress } from 'viem';

const read = (name: string) => JSON.parse(readFileSync(`${import.meta.dirname}/../../../public/schemas/${name}`, 'utf8'));
const ajv = new Ajv2020({ strict: true, strictTuples: false });

/** Whether the published schema, read by somebody else's validator, takes a value. */
export const isReceipt = ajv.compile(read('receipt-v1.json'));
export const isOpening = ajv.compile(read('opening-v1.json'));
export const receiptVectors = () => read('receipt-v1.vectors.json');

const sha256 = (text: string) => `0x${createHash('sha256').update(text).digest('hex')}`;
const digestOfCid = (cid: string) => `0x${Buffer.from(CID.parse(cid).multihash.digest).toString('hex')}`;

/**
 * What of a receipt does not hold, null where all does: by nothing but what docs/receipt.md says, viem's typed data and Node's sha-256, none of our own
 * digests and none of the curve that we sign with.
 */
// biome-ignore lint/suspicious/noExplicitAny: a stranger reads it as JSON
export async function whatFails(file: any): Promise<'digest' | 'signature' | 'params' | 'manifest' | 'token' | null> {
  const { typedData, digest, signature, signer, params, manifest, token } = file;
  const { EIP712Domain: _, ...types } = typedData.types;
  if (hashTypedData({ ...typedData, types }) !== digest) return 'digest';
  const recovered = await recoverAddress({ hash: digest, signature });
  if (recovered.toLowerCase() !== signer.address) return 'signature';
  if (sha256(params) !== typedData.message.paramsHash) return 'params';
  const says = JSON.parse(manifest.text);
  const agrees = says.reproducibility === file.reproducibility && says.kind === file.kind && says.signerCustody === signer.custody;
  if (!agrees || sha256(manifest.text) !== typedData.message.version || digestOfCid(manifest.cid) !== typedData.message.version) return 'manifest';
  if (token && (sha256(token.metadata) !== token.tokenId || digestOfCid(token.metadataCid) !== token.tokenId)) return 'token';
  if (token && JSON.parse(token.metadata).image !== `ipfs://${token.imageCid}`) return 'token';
  if (token && JSON.parse(token.metadata).provenance.content !== typedData.message.content) return 'token';
  return null;
}
