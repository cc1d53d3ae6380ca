import type { Hex } from 'viem';
import { cidText, type FileCid, RAW } from './cid';
import { renderEvolveTerms } from './evolve-terms';
import { sha256Hex } from './hash';
import { assertBase, assertLabel } from './json-text';
import type { FirstRecord, StepRecord } from './record-bytes';
import { decodeTraits } from './traits';

/** Everything the metadata of a token is made of, and what its collection was created with. */
export type TokenRecord = Omit<FirstRecord, 'params'> & {
  /** `external_url` is this and the content's hex. */
  base: string;
};

/** The same of a later step of `token`. */
export type TokenStep = StepRecord & {
  base: string;
  token: Hex;
  /** sha-256 of the metadata before it. */
  previous: Hex;
};

/**
 * The first metadata JSON, byte for byte as WorkCollection renders it: fixed keys and order, no spaces, nothing that needs escaping.
 * Throws ProtocolError where the contract would revert.
 */
export function renderMetadata({ evolve, ...record }: TokenRecord): string {
  return `${renderBody(record)},"evolve":${renderEvolveTerms(evolve)}}}`;
}

/** The metadata JSON of a step of a dynamic work. */
export function renderStep({ token, previous, ...record }: TokenStep): string {
  return `${renderBody(record)},"token":"${token}","previous":"${previous}"}}`;
}

function renderBody({ base, receipt, image, label, traits }: StepRecord & { base: string }): string {
  assertLabel(label);
  assertBase(base);
  const file = `ipfs://${cidText(image)}`;
  const attributes = decodeTraits(traits).map(({ name, value }) => `{"trait_type":"${name}","value":"${value}"}`);
  const provenance =
    `{"version":"${receipt.version}","seed":"${receipt.seed}","params_hash":"${receipt.paramsHash}",` +
    `"content":"${receipt.content}","parent":"${receipt.parent}"`;
  return (
    `{"name":"${label}","image":"${file}","external_url":"${base}${receipt.content.slice(2)}","attributes":[${attributes.join(',')}],` +
    `"prompt":"${receipt.promptHash}","aigc_type":"image","aigc_data":"${file}","proof_type":"attestation","provenance":${provenance}`
  );
}

/** The token id, or a step's digest: sha-256 of the metadata JSON, as 0x hex of 32 bytes. */
export function tokenIdOf(metadata: string): Hex {
  return sha256Hex(metadata);
}

/** CID of a token's metadata: the id is its digest, so it follows from the id alone. */
export function metadataCid(tokenId: Hex): FileCid {
  return { codec: RAW, digest: tokenId };
}

/** What the contract answers to `tokenURI`. */
export function tokenUri(tokenId: Hex): string {
  return `ipfs://${cidText(metadataCid(tokenId))}`;
}
