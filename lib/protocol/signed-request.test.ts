import { createPrivateKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkSignature, contentDigest, type ReceivedRequest, signatureBase, signRequest } from './signed-request';

const NOW_MS = 1_900_000_000_000;
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const signer = { keyId: 'platform-1', sign: (message: Uint8Array) => sign(null, message, privateKey) };
const verifier = async (keyId: string, message: Uint8Array, signature: Uint8Array) =>
  keyId === 'platform-1' ? verify(null, message, publicKey, signature) : null;
const check = (request: ReceivedRequest, nowMs = NOW_MS) => checkSignature(request, verifier, nowMs);

describe('the vectors of the RFCs', () => {
  it('RFC 9421 B.2.6: the base and its Ed25519 signature', () => {
    const key = createPrivateKey({
      key: Buffer.from('MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF', 'base64'),
      format: 'der',
      type: 'pkcs8',
    });
    const base = signatureBase(
      [
        ['date', 'Tue, 20 Apr 2021 02:07:55 GMT'],
        ['@method', 'POST'],
        ['@path', '/foo'],
        ['@authority', 'example.com'],
        ['content-type', 'application/json'],
        ['content-length', '18'],
      ],
      ';created=1618884473;keyid="test-key-ed25519"',
    );
    expect(Buffer.from(base).toString()).toBe(
      [
        '"date": Tue, 20 Apr 2021 02:07:55 GMT',
        '"@method": POST',
        '"@path": /foo',
        '"@authority": example.com',
        '"content-type": application/json',
        '"content-length": 18',
        '"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
      ].join('\n'),
    );
    expect(sign(null, base, key).toString('base64')).toBe('wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==');
  });
  it('RFC 9530: the digest of a body', () => {
    expect(contentDigest('{"hello": "world"}')).toBe('sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:');
  });
});

describe('a signed request', () => {
  let request: ReceivedRequest & { headers: Record<string, string> };
  beforeEach(async () => {
    const wanted = { method: 'POST', url: 'https://model.example:8443/a/runs?x=1', body: '{"a":1}' };
    request = { ...wanted, headers: await signRequest(wanted, signer, NOW_MS) };
  });

  it('is accepted as it is', async () => {
    expect(await check(request)).toMatchObject({ ok: true });
  });
  it('has another nonce each time', async () => {
    const headers = await signRequest({ method: 'POST', url: request.url, body: '' }, signer, NOW_MS);
    const nonces = await Promise.all([check(request), checkSignature({ ...request, headers }, verifier, NOW_MS)]);
    expect(new Set(nonces.map((one) => one.ok && one.nonce)).size).toBe(2);
  });
  it.each([
    ['another method', { method: 'DELETE' }],
    ['another path', { url: 'https://model.example:8443/b/runs?x=1' }],
    ['another query', { url: 'https://model.example:8443/a/runs?x=2' }],
    ['another host', { url: 'https://other.example:8443/a/runs?x=1' }],
    ['plain http', { url: 'http://model.example:8443/a/runs?x=1' }],
  ])('is refused with %s', async (_name, change) => {
    expect(await check({ ...request, ...change })).toMatchObject({ ok: false, code: 'bad_signature' });
  });
  it.each<[string, (headers: Record<string, string>) => Record<string, string>]>([
    ['another digest', () => ({ 'content-digest': contentDigest('{"a":2}') })],
    ['a later end', (h) => ({ 'signature-input': String(h['signature-input']).replace(/expires=\d+/, `expires=${NOW_MS / 1000 + 59}`) })],
    ['another nonce', (h) => ({ 'signature-input': String(h['signature-input']).replace(/nonce="./, 'nonce="_') })],
    ['another key id', (h) => ({ 'signature-input': String(h['signature-input']).replace('platform-1', 'platform-2') })],
    ['a component less', (h) => ({ 'signature-input': String(h['signature-input']).replace(' "content-digest"', '') })],
    [
      'two signatures',
      (h) => ({ signature: `${h.signature}, ${h.signature}`, 'signature-input': `${h['signature-input']}, ${h['signature-input']}` }),
    ],
    ['no signature', () => ({ signature: '' })],
    ['a signature of other bytes', () => ({ signature: `intaglio=:${Buffer.alloc(64, 7).toString('base64')}:` })],
  ])('is refused with %s', async (_name, change) => {
    expect(await check({ ...request, headers: { ...request.headers, ...change(request.headers) } })).toMatchObject({
      ok: false,
      code: 'bad_signature',
    });
  });
  it('is accepted by a clock that is half a minute off, and by no other', async () => {
    const at = async (seconds: number) => {
      const checked = await check(request, NOW_MS + seconds * 1000);
      return checked.ok ? 'ok' : checked.code;
    };
    expect([await at(-30), await at(-31), await at(90), await at(91)]).toEqual(['ok', 'expired', 'ok', 'expired']);
  });
  it('is refused if it was made to last longer than a minute', async () => {
    const digest = contentDigest('');
    const params = `;created=${NOW_MS / 1000};expires=${NOW_MS / 1000 + 61};nonce="0123456789abcdef";keyid="platform-1";alg="ed25519"`;
    const base = signatureBase(
      [
        ['@method', 'GET'],
        ['@target-uri', request.url],
        ['content-digest', digest],
      ],
      params,
    );
    const headers = {
      'content-digest': digest,
      'signature-input': `intaglio=("@method" "@target-uri" "content-digest")${params}`,
      signature: `intaglio=:${signer.sign(base).toString('base64')}:`,
    };
    expect(await check({ method: 'GET', url: request.url, headers })).toMatchObject({ ok: false, code: 'bad_signature' });
  });
});
