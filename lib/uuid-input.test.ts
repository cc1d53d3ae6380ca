import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { uuidInput } from './uuid-input';

test('an id in capitals is the same id', () => {
  expect(uuidInput.parse('018F6B3A-0000-7000-8000-00000000ABCD')).toBe('018f6b3a-0000-7000-8000-00000000abcd');
  expect(uuidInput.safeParse('not an id').success).toBe(false);
});

test('no other file takes an id as it was written', () => {
  const sources = ['app', 'lib', 'components']
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`))
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('lib/uuid-input.'));
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter((file) => /\bz\s*\.\s*(string\(\)\s*\.\s*)?(uuid|guid|uuidv\d)\s*\(/.test(readFileSync(file, 'utf8')))).toEqual([]);
});
