import type { Hex } from 'viem';
import { cidText, type FileCid, RAW } from './cid';
import { sha256Hex } from './hash';
import { assertBase, assertLabel } from './json-text';
import type { Receipt } from './receipt';
import { decodeTraits } from './traits';

/** Everything the metadata of a token is made of; the contract's `Record`, and where the collection lives. */
export type TokenRecord = {
  chainId: number;
  collection: Hex;
  /** What the collection was created with: `external_url` is this and the content's hex. */
  base: string;
  receipt: Receipt;
  image: FileCid;
  label: string;
  traits: Hex;
};

/**
 * The metadata JSON, byte for byte as WorkCollection renders it: fixed keys and order, no spaces, nothing that needs escaping.
 * Evolve terms are always null: tokens of this contract are frozen. Throws ProtocolError where the contract would revert.
 */
export function renderMetadata({ chainId, collection, base, receipt, image, label, traits }: TokenRecord): string {
  assertLabel(label);
  assertBase(base);
  const file = `ipfs://${cidText(image)}`;
  const attributes = decodeTraits(traits).map(({ name, value }) => `{"trait_type":"${name}","value":"${value}"}`);
  const provenance =
    `{"chain_id":"${chainId}","collection":"${collection.toLowerCase()}","version":"${receipt.version}","seed":"${receipt.seed}",` +
    `"params_hash":"${receipt.paramsHash}","content":"${receipt.content}","parent":"${receipt.parent}","evolve":null}`;
  return (
    `{"name":"${label}","image":"${file}","external_url":"${base}${receipt.content.slice(2)}","attributes":[${attributes.join(',')}],` +
    `"prompt":"${receipt.promptHash}","aigc_type":"image","aigc_data":"${file}","proof_type":"attestation","provenance":${provenance}}`
  );
}

/** The token id: sha-256 of the metadata JSON, as 0x hex of 32 bytes. */
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
