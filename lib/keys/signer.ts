import { keccak_256 } from '@noble/hashes/sha3';
import * as secp256k1 from 'tiny-secp256k1';
import { bytesToHex, type Hex, hexToBytes } from 'viem';

/** Something that signs 32-byte digests: a key in memory here, or one in a key service (kms-signer.ts). Signatures are r ‖ s ‖ v, 65 bytes, low s. */
export type Signer = { address: Hex; signDigest: (digest: Hex) => Promise<Hex> };

/** Lowercase address of an uncompressed public key: 0x04 ‖ x ‖ y. */
export function addressOf(uncompressedPublicKey: Uint8Array): Hex {
  return bytesToHex(keccak_256(uncompressedPublicKey.subarray(1)).subarray(-20));
}

/** A signer over a raw private key. secp256k1 runs in wasm: about a tenth of what the pure TypeScript curve costs. */
export function localSigner(privateKey: Uint8Array): Signer {
  const publicKey = secp256k1.pointFromScalar(privateKey, false);
  if (!publicKey) throw new RangeError('not a secp256k1 private key');
  return {
    address: addressOf(publicKey),
    signDigest: async (digest) => {
      const { signature, recoveryId } = secp256k1.signRecoverable(hexToBytes(digest), privateKey);
      return bytesToHex(Uint8Array.from([...signature, 27 + recoveryId]));
    },
  };
}

/** Lowercase address that signed a digest, or null where the signature is none. */
export function recoverSigner(digest: Hex, signature: Hex): Hex | null {
  const bytes = hexToBytes(signature);
  const recoveryId = (bytes[64] ?? 0) - 27;
  if (bytes.length !== 65 || (recoveryId !== 0 && recoveryId !== 1)) return null;
  const publicKey = secp256k1.recover(hexToBytes(digest), bytes.subarray(0, 64), recoveryId, false);
  return publicKey && addressOf(publicKey);
}
