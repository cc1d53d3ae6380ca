import { createSiweMessage } from 'viem/siwe';
import { expect, test } from 'vitest';
import { MESSAGE_LIFETIME_MS, readSignInMessage } from './read-message';
import { SIGN_IN_STATEMENT } from './schema';

const nowMs = Date.parse('2026-11-23T12:00:00Z');
const terms = { origin: 'https://intaglio.example', chainId: 31_337, nowMs };
const good = {
  domain: 'intaglio.example',
  address: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266' as const,
  statement: SIGN_IN_STATEMENT,
  uri: 'https://intaglio.example',
  version: '1' as const,
  chainId: 31_337,
  nonce: 'abcdefgh12345678',
  issuedAt: new Date(nowMs),
};
const read = (change: Partial<Parameters<typeof createSiweMessage>[0]> = {}) => readSignInMessage(createSiweMessage({ ...good, ...change }), terms);
const at = (ms: number) => new Date(nowMs + ms);

test('reads a message made for this server', () => {
  expect(read()).toEqual({ fields: good });
  expect(read({ scheme: 'https', uri: 'https://intaglio.example/works/1', expirationTime: at(1), notBefore: at(0) })).toHaveProperty('fields');
});

test.each([
  ['another domain', { domain: 'intaglio.example.evil.com' }, 'domain'],
  ['another port', { domain: 'intaglio.example:8443' }, 'domain'],
  ['another scheme', { scheme: 'http' }, 'domain'],
  ['another origin in the URI', { uri: 'https://evil.example' }, 'uri'],
  ['http in the URI', { uri: 'http://intaglio.example' }, 'uri'],
  ['a user part before a look-alike host', { uri: 'https://intaglio.example@evil.example' }, 'uri'],
  ['another chain', { chainId: 1 }, 'chain'],
  ['another statement', { statement: 'Transfer everything.' }, 'statement'],
  ['no statement', { statement: undefined }, 'statement'],
  ['a message from the future', { issuedAt: at(61_000) }, 'time'],
  ['an old message', { issuedAt: at(-MESSAGE_LIFETIME_MS - 1) }, 'time'],
  ['an expired message', { expirationTime: at(0) }, 'time'],
  ['a message before its time', { notBefore: at(1) }, 'time'],
] as const)('refuses %s', (_name, change, problem) => {
  expect(read(change)).toEqual({ problem });
});

test.each([
  ['an address without its checksum', (m: string) => m.replace(good.address, good.address.toLowerCase())],
  ['version 2', (m: string) => m.replace('Version: 1', 'Version: 2')],
  ['no nonce', (m: string) => m.replace('Nonce: abcdefgh12345678', 'Nonce: ')],
  ['a nonce of seven characters', (m: string) => m.replace('abcdefgh12345678', 'abcdefg')],
  ['no issue time', (m: string) => m.replace(/\nIssued At: .*/, '')],
  ['a time that is not RFC 3339', (m: string) => m.replace(/Issued At: .*/, 'Issued At: Mon Nov 23 2026')],
  ['a second block of fields', (m: string) => `${m}\n\nURI: https://evil.example\nVersion: 1`],
  ['text after the fields', (m: string) => `${m}\nI owe you a house.`],
  ['text before the fields', (m: string) => `Hello\n${m}`],
  ['fields inside the statement', (m: string) => m.replace(SIGN_IN_STATEMENT, `${SIGN_IN_STATEMENT}\nURI: https://intaglio.example`)],
  ['an invisible character', (m: string) => m.replace('Nonce', '\u200bNonce')],
  ['nothing', () => ''],
])('refuses %s', (_name, change) => {
  expect(readSignInMessage(change(createSiweMessage(good)), terms)).toEqual({ problem: 'form' });
});
