import { expect, test } from 'vitest';
import { z } from 'zod';
import { rawAnswer } from '../../raw-answer';
import { readAs } from './ask';
import { limits } from './limits';
import { decodeBase64 } from './output-file';
import { retryAfterMs } from './retry-after';

const NOW = Date.parse('2026-11-30T21:00:00Z');

test.each([
  ['2', 2_000],
  ['0', 0],
  ['0.5', 500],
  ['Mon, 30 Nov 2026 21:00:09 GMT', 9_000],
  ['Mon, 30 Nov 2026 20:00:00 GMT', 0],
  ['Tue, 30 Nov 2027 21:00:00 GMT', 300_000],
  ['99999999999999999999', 300_000],
  ['-5', undefined],
  ['soon', undefined],
  ['', undefined],
])('retry-after %j is %s ms', (text, expected) => {
  expect(retryAfterMs({ 'retry-after': text }, NOW)).toBe(expected);
});

test('an answer of a million brackets is garbage, not the end of the process', () => {
  const bytes = Buffer.from(`[196619188014358661,${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}]`);
  const read = () => rawAnswer(readAs(z.array(z.unknown()), { status: 200, headers: {}, bytes }, 'follow').raw, '');
  expect(read).toThrow(expect.objectContaining({ fault: 'garbage', charged: 'maybe' }));
});

test('base64 is decoded whole, or not at all', () => {
  expect(decodeBase64('AAEC')).toEqual(Buffer.from([0, 1, 2]));
  expect(decodeBase64('AAE=')).toEqual(Buffer.from([0, 1]));
  for (const text of ['', 'AA EC', 'AA\nEC', 'AAE===', '<html>', 'AA-_']) expect(() => decodeBase64(text)).toThrow();
});

test('base64 longer than the largest file is refused by its length, and hostile text costs no more time than its length', () => {
  const longest = limits.fileBytes;
  limits.fileBytes = 3;
  expect(decodeBase64('AAEC')).toHaveLength(3);
  expect(() => decodeBase64('AAECAAEC')).toThrow();
  limits.fileBytes = longest;
  const startedMs = performance.now();
  expect(() => decodeBase64(`${'A'.repeat(4_000_000)}!`)).toThrow();
  expect(performance.now() - startedMs).toBeLessThan(1_000);
});

test('a raw answer keeps what it says, without files and the prompt, and with integers exact', () => {
  const answer = {
    seed: 18_446_744_073_709_551_615n,
    image: `data:image/png;base64,${'A'.repeat(50)}`,
    b64_json: 'A'.repeat(5_000),
    logs: 'Using prompt: a heron at dusk, seed 7',
    prompt: 'a heron at dusk',
    list: [null, true, 1.5],
  };
  expect(rawAnswer(answer, 'a heron at dusk')).toEqual({
    seed: '18446744073709551615',
    image: '[a file, 72 characters]',
    b64_json: '[a file, 5000 characters]',
    logs: 'Using prompt: [the prompt], seed 7',
    prompt: '[the prompt]',
    list: [null, true, 1.5],
  });
});

test('a raw answer has nothing that Postgres refuses, and cuts no character in half', () => {
  expect(rawAnswer({ 'a\0b': 'c\0d', e: '\ud83d' }, '')).toEqual({ 'a\ufffdb': 'c\ufffdd', e: '\ufffd' });
});

test('a raw answer is at most 64 KB, however it is made, and never holds part of a prompt', () => {
  const prompt = `p${'q'.repeat(900)} r`;
  const hostile = [
    Array(5_000).fill('some words '.repeat(10)),
    Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`key ${i}`, 'x y'.repeat(20)])),
    `${'word '.repeat(390)}${prompt}`,
    `${'word '.repeat(30_000)}`,
    JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`),
    '\u0000'.repeat(100_000),
  ];
  for (const answer of hostile) {
    const text = JSON.stringify(rawAnswer(answer, prompt));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(64 * 1024);
    expect(text).not.toContain('qqq');
  }
});
