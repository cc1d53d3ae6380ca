import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import type { CredentialSigner } from './cose-sign1';

/** A signer over a private key in memory (ES256, r ‖ s). A KMS would be another of the same form. */
export function signerOver(key: KeyObject, certificates: Uint8Array[]): CredentialSigner {
  return { certificates, sign: async (bytes) => sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }) };
}

export const openPkcs8 = (pkcs8: Uint8Array): KeyObject => createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });

/** DER as PEM, as trust anchors are given and downloaded. */
export function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
