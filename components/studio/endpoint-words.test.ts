import { expect, test } from 'vitest';
import { faultWords, testWords } from './endpoint-words';

test('a fault says what it is, what the server saw, and what to do', () => {
  expect(faultWords('unreachable', 'no connection (ECONNREFUSED)')).toMatch(
    /^It could not be reached: no connection \(ECONNREFUSED\)\. Look whether/,
  );
  expect(faultWords('unauthorised', 'it answered 401')).toMatch(/^It does not accept the secret: it answered 401\. /);
  expect(faultWords('failed', null)).toBe('It failed. Its own log says why.');
  expect(faultWords('of another time', 'odd')).toBe('It did not answer as it should: odd. Its own log says why.');
});

test('a good answer says what the endpoint runs, where it says so', () => {
  expect(testWords({ ok: true, ms: 40, modelReported: 'v1', signer: null })).toMatch(/would take a run\. It says it runs v1\.$/);
  expect(testWords({ ok: true, ms: 40, modelReported: null, signer: null })).toMatch(/would take a run\.$/);
});
