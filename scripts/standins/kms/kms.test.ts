import { createHash, createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey, signDigest, spkiOf } from './keys';
import { type KmsStandIn, startKms } from './server';

let kms: KmsStandIn;
beforeAll(async () => {
  kms = await startKms();
});
afterAll(() => kms.close());

describe('the stand-in', () => {
  it('signs what OpenSSL takes, with a low s or a high one', () => {
    const key = newKey('ECC_SECG_P256K1');
    const message = Buffer.from('plate');
    const hash = createHash('sha256').update(message).digest();
    const publicKey = createPublicKey({ key: spkiOf(key), format: 'der', type: 'spki' });
    for (const isHigh of [false, true]) expect(verify('sha256', message, publicKey, signDigest(key, hash, isHigh))).toBe(true);
  });
  it('answers nobody who does not sign the call', async () => {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.GetPublicKey' };
    const answer = await fetch(kms.url, { method: 'POST', headers, body: JSON.stringify({ KeyId: 'any' }) });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { __type: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' },
    ]);
  });
});
