import { createPublicKey } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1';
import { bytesToHex, type Hex, hexToBytes } from 'viem';
import { AppError } from '@/lib/errors';
import { askKms } from './kms-client';
import { addressOf, recoverSigner, type Signer } from './signer';

/**
 * A signer over a secp256k1 key in AWS KMS, named by its ARN. Throws `misconfigured` where it is no such key or may not be used,
 * `key_service_unavailable`, and when signing `signer_mismatch`.
 */
export async function kmsSigner(keyId: string): Promise<Signer> {
  const { PublicKey } = await askKms((kms, options) => kms.getPublicKey({ KeyId: keyId }, options));
  const address = addressOfSpki(PublicKey ?? new Uint8Array());
  return { address, signDigest: (digest) => signDigest({ keyId, address }, digest) };
}

async function signDigest({ keyId, address }: { keyId: string; address: Hex }, digest: Hex): Promise<Hex> {
  const input = { KeyId: keyId, Message: hexToBytes(digest), MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' } as const;
  const { Signature } = await askKms((kms, options) => kms.sign(input, options));
  const compact = lowS(Signature ?? new Uint8Array());
  // Which of the two keys that such a signature fits is ours, KMS does not say.
  const signature = compact && [27, 28].map((v) => bytesToHex(Uint8Array.of(...compact, v))).find((one) => recoverSigner(digest, one) === address);
  if (!signature) throw new AppError('signer_mismatch', { cause: new Error(`what the key service signed is not by ${address}`) });
  return signature;
}

/** r ‖ s of a DER signature, with the lower of its two s: KMS gives either, contracts take one. Null where it is no signature. */
function lowS(der: Uint8Array): Uint8Array | null {
  try {
    return secp256k1.Signature.fromDER(der).normalizeS().toCompactRawBytes();
  } catch {
    return null;
  }
}

function addressOfSpki(spki: Uint8Array): Hex {
  try {
    const { crv, x = '', y = '' } = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }).export({ format: 'jwk' });
    if (crv !== 'secp256k1') throw new Error(`a key of ${crv ?? 'another kind'}`);
    return addressOf(Buffer.concat([Uint8Array.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]));
  } catch (cause) {
    throw new AppError('misconfigured', { cause, message: 'The key in KMS is not of ECC_SECG_P256K1.' });
  }
}
