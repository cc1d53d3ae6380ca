import { expect, test } from 'vitest';
import type { Check } from '@/lib/verifier/schema';
import { row } from '@/lib/verifier/words';
import { readArguments, UsageError } from './arguments';
import { table } from './table';

test('nothing that a file says reaches the terminal as a code', () => {
  const rows = [row('record', 'ok', 'a\u001b[2Jb\u202ec\nd')];
  const text = table({ verdict: 'broken', summary: '\u0007', rows, found: {} as Check['found'] });
  expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
  expect(text).toContain('a�[2Jb�c�d');
});

test('reads what is meant, and refuses anything else in words', () => {
  const asked = readArguments([
    'work.png',
    '--rpc',
    'https://node.example',
    '--token',
    `0x${'AB'.repeat(20)}/255`,
    '--related',
    'a',
    '--related',
    'b',
  ]);
  expect(asked).toMatchObject({ file: 'work.png', related: ['a', 'b'], credentials: true });
  expect(asked.token).toEqual({ collection: `0x${'ab'.repeat(20)}`, tokenId: `0x${'ff'.padStart(64, '0')}` });
  for (const args of [
    [],
    ['a', 'b'],
    ['a', '--rpc', 'ftp://x'],
    ['a', '--token', '5'],
    ['a', '--factory', '0x1'],
    ['--token', `0x${'ab'.repeat(20)}/1`],
  ]) {
    expect(() => readArguments(args)).toThrow(UsageError);
  }
});
