import { readFileSync } from 'node:fs';
import type { Hex } from 'viem';
import { describe, expect, it } from 'vitest';
import { textContent } from './content';
import { MAX_TEXT_CHARACTERS, textProblem } from './work-text';

const { texts } = JSON.parse(readFileSync('contracts/test/vectors/protocol.json', 'utf8')) as { texts: { text: string; utf8: Hex; content: Hex }[] };

describe('the content of a text', () => {
  it.each(texts)('is sha-256 of its UTF-8 bytes, as they are: $text', async ({ text, utf8, content }) => {
    const digest = await crypto.subtle.digest('SHA-256', Buffer.from(utf8.slice(2), 'hex'));
    expect([textContent(text), Buffer.from(text, 'utf8').toString('hex')]).toEqual([`0x${Buffer.from(digest).toString('hex')}`, utf8.slice(2)]);
    expect(textContent(text)).toBe(content);
  });
  it('is another one for the same word in another composition, and for other line ends', () => {
    expect(new Set(['caf\u00e9', 'cafe\u0301', 'a\nb', 'a\r\nb', 'a\nb\n'].map(textContent)).size).toBe(5);
  });
  it('is none of half a character, which would be hashed as another one', () => {
    expect(() => textContent('a\ud800')).toThrow(RangeError);
  });
});

describe('a text', () => {
  it.each([
    ['nothing', ''],
    ['blank', ' \n\t\u3000'],
    ['too long', 'x'.repeat(MAX_TEXT_CHARACTERS + 1)],
    ['with NUL', 'a\0b'],
    ['with an escape', 'a\u001b[31m'],
    ['with a carriage return', 'a\r\nb'],
    ['with a C1 control', 'a\u0085b'],
    ['with the first half of a character', 'a\ud83d'],
    ['with halves the wrong way round', '\udeb6\ud83e'],
  ])('is not a work (%s)', (_, text) => {
    expect(textProblem(text)).toMatch(/^the text /);
  });
  it.each([
    ['of the greatest length', 'x'.repeat(MAX_TEXT_CHARACTERS)],
    ['with lines, tabs and a feather', 'a\n\tb 🪶'],
    ['from right to left, with its marks', '\u202bשלום\u202c'],
  ])('is a work %s', (_, text) => {
    expect(textProblem(text)).toBeNull();
  });
});
