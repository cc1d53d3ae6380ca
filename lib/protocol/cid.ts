import { CID } from 'multiformats/cid';
import * as Digest from 'multiformats/hashes/digest';
import { bytesToHex, type Hex, hexToBytes } from 'viem';
import { sha256Hex } from './hash';
import { ProtocolError } from './protocol-error';

export const RAW = 0x55;
export const DAG_PB = 0x70;
const SHA2_256 = 0x12;

/** A CIDv1 with a sha-256 multihash, taken apart as voucher and contract carry it. `digest` is 0x hex of 32 bytes. */
export type FileCid = { codec: typeof RAW | typeof DAG_PB; digest: Hex };

/** The CID's text: base32, lower case, starts with `b`. */
export function cidText({ codec, digest }: FileCid): string {
  return CID.createV1(codec, Digest.create(SHA2_256, hexToBytes(digest))).toString();
}

/** Takes a CID's text apart. Throws ProtocolError on anything but a CIDv1 of raw or dag-pb with sha-256. */
export function parseCid(text: string): FileCid {
  let cid: CID;
  try {
    cid = CID.parse(text);
  } catch {
    throw new ProtocolError(`not a CID: ${text}`);
  }
  const { version, code, multihash } = cid;
  if (version !== 1 || (code !== RAW && code !== DAG_PB) || multihash.code !== SHA2_256 || multihash.digest.length !== 32) {
    throw new ProtocolError(`not a CIDv1 of raw or dag-pb with sha-256: ${text}`);
  }
  return { codec: code, digest: bytesToHex(multihash.digest) };
}

/** CID of bytes that are one raw block, such as metadata JSON and manifests. */
export function rawCid(bytes: Uint8Array | string): FileCid {
  return { codec: RAW, digest: sha256Hex(bytes) };
}
