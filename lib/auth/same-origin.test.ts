import { expect, test } from 'vitest';
import { requireSameOrigin } from './same-origin';

const check = (headers: Record<string, string>) => () => requireSameOrigin(new Headers(headers), 'http://localhost:3000');

test.each([
  ['a fetch of our own page', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:3000' }],
  ['a program', {}],
  ['an old browser on our page', { origin: 'http://localhost:3000' }],
])('lets %s through', (_name, headers) => {
  expect(check(headers)).not.toThrow();
});

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ['another port of the same machine', { 'sec-fetch-site': 'same-site', origin: 'http://localhost:3001' }],
  ['an old browser on another site', { origin: 'https://evil.example' }],
  ['a sandboxed frame', { origin: 'null' }],
])('refuses %s', (_name, headers) => {
  expect(check(headers)).toThrow('not yours');
});
