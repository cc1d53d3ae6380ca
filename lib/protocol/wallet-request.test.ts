import { hashMessage } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { contentDigest } from './signed-request';
import { readWalletSignature } from './wallet-request';

/** The positive vector of the ERC's draft (slice-so/ERCs, 0f738bf): its verifier's clock, origin and account. */
const verifier = { origin: 'https://api.example', chainId: 1, nowMs: 1_700_000_001_000 };
const BODY = '{"hello":"world"}';
const HEADERS = {
  'content-type': 'application/json',
  'content-digest': 'sha-256=:k6I5cakU5erL8KjSUVTNownDwccvu5kU1Hxg88toFYg=:',
  'signature-input':
    'request=("@scheme" "@authority" "@method" "@path" "@query" "content-digest" "content-type");created=1700000000;expires=1700000060;nonce="EjRWeJCrze8BI0VniavN7w";keyid="eip155:1:0x7e5f4552091a69125d5dfcb7b8c2659029395bdf";tag="erc8128"',
  signature: 'request=:/BpEToskxkMJ65uRmaNUPiBwbwwg6z3CxEDJJwEYREIx1Hwn85Z1L8XlRpILGx4q80yeiNugYzaUsVPWiPcB0Bs=:',
};
type Change = { url?: string; method?: string; body?: string; headers?: Record<string, string | null> };

function read({ url = 'https://api.example/items?view=full', method = 'POST', body = BODY, headers = {} }: Change = {}, asker = verifier) {
  const all = new Headers(HEADERS);
  for (const [name, value] of Object.entries(headers)) value === null ? all.delete(name) : all.set(name, value);
  return readWalletSignature({ url, method, headers: all }, Buffer.from(body), asker);
}
const input = (change: (text: string) => string) => ({ headers: { 'signature-input': change(HEADERS['signature-input']) } });
const hashOf = (change?: Change, asker = verifier) => {
  const found = read(change, asker);
  return 'base' in found ? hashMessage({ raw: found.base }) : found.problem;
};
const SIGNED = '0xa7a6074cd2ab23379c04a8839a3566e98689326367a0ad9cd8ef389a961f96de';

describe('the vector of the draft', () => {
  it('is read as it says, with its hash and signature', () => {
    expect(hashOf()).toBe(SIGNED);
    expect(read()).toMatchObject({
      address: '0x7e5f4552091a69125d5dfcb7b8c2659029395bdf',
      nonce: 'EjRWeJCrze8BI0VniavN7w',
      createdSeconds: 1_700_000_000,
      forgetNonceAtSeconds: 1_700_000_090,
      signature:
        '0xfc1a444e8b24c64309eb9b9199a3543e20706f0c20eb3dc2c440c9270118444231d47c27f396752fc5e546920b1b1e2af34c9e88dba0633694b153d688f701d01b',
    });
  });

  it.each<[string, Change]>([
    ['method', { method: 'PUT' }],
    ['path', { url: 'https://api.example/item?view=full' }],
    ['query', { url: 'https://api.example/items?view=all' }],
    ['query taken away', { url: 'https://api.example/items' }],
    ['type of the body', { headers: { 'content-type': 'text/plain' } }],
    ['order of what is covered', input((text) => text.replace('"@scheme" "@authority"', '"@authority" "@scheme"'))],
    ['time it was made', input((text) => text.replace('1700000000', '1700000001'))],
    ['time it ends', input((text) => text.replace('1700000060', '1700000059'))],
    ['nonce', input((text) => text.replace('EjRW', 'EjRX'))],
    ['account', input((text) => text.replace('5bdf', '5bde'))],
    ['parameters, by one more', input((text) => `${text};x=1`)],
  ])('hashes to something else with another %s', (_name, change) => {
    expect(hashOf(change)).toMatch(/^0x/);
    expect(hashOf(change)).not.toBe(SIGNED);
  });

  it('hashes to something else at another server, whatever address the request names', () => {
    expect(hashOf({}, { ...verifier, origin: 'https://other.example' })).not.toBe(SIGNED);
    expect(hashOf({}, { ...verifier, origin: 'http://api.example' })).not.toBe(SIGNED);
    expect(hashOf({ url: 'http://10.0.0.1:3000/items?view=full' })).toBe(SIGNED);
  });

  it.each<[string, Change]>([
    ['signature_missing', { headers: { signature: null } }],
    ['signature_missing', { headers: { 'signature-input': null } }],
    ['signature_input_invalid', { headers: { signature: 'request=abc' } }],
    ['signature_input_invalid', { headers: { signature: 'request=:A:' } }],
    ['signature_input_invalid', input((text) => text.replace('("@scheme"', '(@scheme'))],
    ['signature_input_invalid', input((text) => `${text}, ${text}`)],
    ['signature_input_invalid', input((text) => `${text};created=1`)],
    ['signature_input_invalid', input((text) => `${text},`)],
    ['signature_input_invalid', input((text) => text.replace('"@scheme"', '"@scheme" "@scheme"'))],
    ['signature_too_large', input((text) => `${text};x="${'a'.repeat(5_000)}"`)],
    ['no_acceptable_signature', { headers: { signature: HEADERS.signature.replace('request', 'other') } }],
    ['no_acceptable_signature', input((text) => `${text}, other=${text.slice('request='.length)}`)],
    ['no_acceptable_signature', input((text) => text.replace('"erc8128"', '"erc8128-delegated"'))],
    ['no_acceptable_signature', input((text) => text.replace('eip155:1', 'eip155:01'))],
    ['unsupported_chain', input((text) => text.replace('eip155:1', 'eip155:2'))],
    ['invalid_time', input((text) => text.replace(';created=1700000000', ''))],
    ['invalid_time', input((text) => text.replace('1700000000', '"1700000000"'))],
    ['invalid_time', input((text) => text.replace('1700000060', '1700000000'))],
    ['request_validity_too_long', input((text) => text.replace('1700000060', '1700000061'))],
    ['invalid_nonce', input((text) => text.replace(/nonce="[^"]*"/, `nonce="${'a'.repeat(129)}"`))],
    ['invalid_nonce', input((text) => text.replace(/nonce="[^"]*"/, 'nonce=5'))],
    ['nonce_required', input((text) => text.replace(/;nonce="[^"]*"/, ''))],
    ['insufficient_coverage', input((text) => text.replace('"@query" ', ''))],
    ['insufficient_coverage', input((text) => text.replace('"@authority" ', ''))],
    ['insufficient_coverage', input((text) => text.replace(' "content-digest"', ''))],
    ['insufficient_coverage', input((text) => text.replace(' "content-type"', ''))],
    ['insufficient_coverage', input((text) => text.replace('"content-type"', '"content-type" "x-not-there"'))],
    ['insufficient_coverage', input((text) => text.replace('"content-type"', '"content-type" "@status"'))],
    ['insufficient_coverage', { headers: { 'idempotency-key': 'one' } }],
    ['content_digest_required', { headers: { 'content-digest': null } }],
    ['bad_content_digest', { body: `${BODY} ` }],
    ['bad_content_digest', { body: '' }],
    ['bad_content_digest', { headers: { 'content-digest': `sha-512=:${'A'.repeat(86)}==:` } }],
    ['unsupported_algorithm', input((text) => `${text};alg="ed25519"`)],
  ])('is refused with %s', (problem, change) => {
    expect(read(change)).toEqual({ problem });
  });

  it.each([
    [1_699_999_969, 'request_not_yet_valid'],
    [1_699_999_970, undefined],
    [1_700_000_090, undefined],
    [1_700_000_091, 'request_expired'],
  ])('at %d: %s', (seconds, problem) => {
    const found = read({}, { ...verifier, nowMs: seconds * 1000 });
    expect('problem' in found ? found.problem : undefined).toBe(problem);
  });

  it('is found beside the signature of a proxy on the way', () => {
    const proxy = 'proxy=("@authority");created=1700000000;keyid="proxy";alg="ed25519"';
    const headers = { 'signature-input': `${proxy}, ${HEADERS['signature-input']}`, signature: `proxy=:AAAA:,${HEADERS.signature}` };
    expect(hashOf({ headers })).toBe(SIGNED);
  });
});

it('a long header of nearly the right form is turned away as quickly as any other', () => {
  const started = performance.now();
  for (const part of ['"a" ', ';a="b"', 'a=(),', ';a=1'])
    expect(read({ headers: { 'signature-input': `request=(${part.repeat(1_000).slice(0, 4_000)}` } })).toHaveProperty('problem');
  expect(performance.now() - started).toBeLessThan(200);
});

it('the digest and the account of the vector are what our own functions and library make of them', async () => {
  expect(contentDigest(BODY)).toBe(HEADERS['content-digest']);
  const found = read();
  if (!('base' in found)) throw new Error(found.problem);
  const signer = privateKeyToAccount(`0x${'1'.padStart(64, '0')}`);
  expect(await signer.signMessage({ message: { raw: found.base } })).toBe(found.signature);
});
