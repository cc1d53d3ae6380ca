import { expect, test } from 'vitest';
import { chunks, readPaste } from './paste';

const [A, B] = [`0x${'a1'.repeat(20)}`, `0x${'b2'.repeat(20)}`];

test('addresses are found between commas, quotes and lines, each once', () => {
  expect(readPaste(`${A}\n"${B}", ${A.toUpperCase().replace('0X', '0x')};\r\n`)).toEqual({ addresses: [A, B], wrong: [] });
});

test('what is no address is given back', () => {
  expect(readPaste(`${A} vitalik.eth 0x12`)).toEqual({ addresses: [A], wrong: ['vitalik.eth', '0x12'] });
});

test('many go in several calls', () => {
  expect(chunks([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
});
