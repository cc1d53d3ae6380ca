import { createPublicKey, verify } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { endpointSigner, signerOfSeed } from './endpoint-signer';

it('the published key verifies what the signer signs, and holds nothing private', () => {
  const { publicJwk, keyId, sign } = endpointSigner();
  const message = Buffer.from('plate');
  expect(verify(null, message, createPublicKey({ key: publicJwk, format: 'jwk' }), sign(message))).toBe(true);
  expect(Object.keys(publicJwk).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  expect(publicJwk.kid).toBe(keyId);
});

it('a key has the thumbprint of RFC 8037, A.3', () => {
  const seed = Buffer.from('nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A', 'base64url');
  const { publicJwk, keyId } = signerOfSeed(seed);
  expect([publicJwk.x, keyId]).toEqual(['11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k']);
});

it('after a rotation the keys that are published are the new one and the former, in this order', async () => {
  const keysWith = async (current: string, before: string) => {
    vi.stubEnv('WRAPPING_KEY', current);
    vi.stubEnv('WRAPPING_KEYS_BEFORE', before);
    vi.resetModules();
    return (await import('./endpoint-signer')).endpointPublicKeys().map(({ kid }) => kid);
  };
  const [older, newer] = ['22'.repeat(32), '33'.repeat(32)];
  const [[former], [latest]] = [await keysWith(older, ''), await keysWith(newer, '')];
  expect(await keysWith(newer, older)).toEqual([latest, former]);
  expect(former).not.toBe(latest);
});
