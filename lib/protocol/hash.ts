import { sha256 as sha256Bytes } from '@noble/hashes/sha2';
import { bytesToHex, type Hex } from 'viem';

/** sha-256 of bytes, or of the UTF-8 bytes of a text, as 0x hex. */
export function sha256Hex(data: Uint8Array | string): Hex {
  return bytesToHex(sha256Bytes(typeof data === 'string' ? new TextEncoder().encode(data) : data));
}
