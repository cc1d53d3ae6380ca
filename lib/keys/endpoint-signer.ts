import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { deriveSecret, deriveSecrets } from './derive';

/** PKCS #8 of an Ed25519 key is this, then its 32-byte seed (RFC 8410). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A public key as /.well-known/intaglio-endpoint-keys.json shows it (RFC 8037); `kid` is its thumbprint (RFC 7638). */
export type EndpointJwk = { kty: 'OKP'; crv: 'Ed25519'; x: string; kid: string; use: 'sig'; alg: 'EdDSA' };
export type EndpointSigner = { keyId: string; publicJwk: EndpointJwk; sign: (message: Uint8Array) => Uint8Array };

const PURPOSE = 'endpoint-requests';

let opened: EndpointSigner | undefined;

/** The Ed25519 key that signs our requests to creators' endpoints. Derived, so that every process has the same and no table holds it. */
export function endpointSigner(): EndpointSigner {
  opened ??= signerOfSeed(deriveSecret(PURPOSE));
  return opened;
}

/** What our requests may be signed with: the key in force first, then those of former wrapping keys, while they are kept. */
export const endpointPublicKeys = (): EndpointJwk[] => deriveSecrets(PURPOSE).map((seed) => signerOfSeed(seed).publicJwk);

/** A signer over a 32-byte seed. */
export function signerOfSeed(seed: Uint8Array): EndpointSigner {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
  const x = createPublicKey(key).export({ format: 'jwk' }).x ?? '';
  const keyId = createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
  return {
    keyId,
    publicJwk: { kty: 'OKP', crv: 'Ed25519', x, kid: keyId, use: 'sig', alg: 'EdDSA' },
    sign: (message) => sign(null, message, key),
  };
}
