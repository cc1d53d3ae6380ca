import { expect, test } from 'vitest';
import { PALETTES, paletteIndex } from '../colour/palettes';
import { encodeText } from './encode';
import { AXES, LEXICON, senseOf } from './lexicon';
import { MAX_TOKENS, tokenize } from './tokenize';

const axis = (prompt: string, name: (typeof AXES)[number]) => encodeText(prompt).axes[AXES.indexOf(name)] ?? 0;
const colour = (prompt: string, id: string) => encodeText(prompt).palettes[paletteIndex(id)] ?? 0;

test('folds case, accents and full width letters, and reads emoji as words', () => {
  expect(tokenize("Doré ＯＣＥＡＮ don't 🔥!")).toEqual(['dore', 'ocean', 'dont', 'fire']);
});

test('keeps other scripts as tokens and reads no more than its limit', () => {
  expect(tokenize('日本の庭、море')).toEqual(['日本の庭', 'море']);
  expect(tokenize('word '.repeat(MAX_TOKENS * 3))).toHaveLength(MAX_TOKENS);
});

test('knows its words under their endings', () => {
  for (const word of ['stormy', 'oceans', 'burning', 'flowers', 'swirled', 'reddish', 'calmness']) expect(senseOf(word), word).toBeDefined();
  expect(senseOf('qwertyuiop')).toBeUndefined();
});

test('every palette and every axis can be reached by a word', () => {
  const senses = [...LEXICON.values()];
  PALETTES.forEach(({ id }, i) => {
    expect(
      senses.some(({ palettes }) => palettes.some(([at, v]) => at === i && v >= 0.8)),
      id,
    ).toBe(true);
  });
  AXES.forEach((name, i) => {
    expect(
      senses.some(({ axes }) => axes.some(([at, v]) => at === i && Math.abs(v) >= 0.5)),
      name,
    ).toBe(true);
  });
});

test('negation turns a word against itself, modifiers scale it', () => {
  expect(colour('red', 'crimson')).toBeGreaterThan(0);
  expect(colour('not red', 'crimson')).toBeLessThan(0);
  expect(axis('very calm', 'energy')).toBeLessThan(axis('calm', 'energy'));
  expect(axis('slightly calm', 'energy')).toBeGreaterThan(axis('calm', 'energy'));
});

test('an unknown word still turns the network, an empty prompt does not', () => {
  expect(encodeText('zyxomma').hash.some((v) => v !== 0)).toBe(true);
  expect(encodeText(' … ').hash.every((v) => v === 0)).toBe(true);
});
