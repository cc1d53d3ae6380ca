import { expect, test } from 'vitest';
import type { AccessRule } from '@/lib/passes/schema';
import { draftOf, type Group, readRule, withKey } from './rule-draft';

const CHAIN = 31_337;
const TOKEN = `0x${'ab'.repeat(20)}` as const;
const LIST = '0197f5b4-0000-7000-8000-000000000001';

test('a rule that is shown and kept again is the same', () => {
  const rules: AccessRule[] = [
    { kind: 'public' },
    { kind: 'pass' },
    { kind: 'pass', tiers: [1, 2] },
    { kind: 'allowlist', id: LIST },
    {
      kind: 'any',
      of: [
        { kind: 'pass', tiers: [1] },
        {
          kind: 'all',
          of: [
            { kind: 'allowlist', id: LIST },
            { kind: 'holding', chainId: CHAIN, contract: TOKEN, standard: 'erc1155', tokenId: '7', minimum: '2' },
          ],
        },
      ],
    },
  ];
  for (const rule of rules) expect(readRule(draftOf(rule))).toEqual({ rule, problem: null });
});

test('what is not whole is told in words', () => {
  const of = (...parts: Parameters<typeof withKey>[0][]): Group => ({ kind: 'all', of: parts.map(withKey) });
  const holding = { kind: 'holding', chainId: CHAIN, contract: TOKEN, standard: 'erc721', tokenId: '', minimum: '1' } as const;
  expect(readRule(of()).problem).toContain('Add a condition');
  expect(readRule(of({ kind: 'any', of: [] })).problem).toContain('A group is empty');
  expect(readRule(of({ kind: 'allowlist', id: '' })).problem).toBe('Choose a list.');
  expect(readRule(of({ ...holding, contract: '0x1' })).problem).toContain('address of a contract');
  expect(readRule(of({ ...holding, standard: 'erc1155' })).problem).toContain('needs its number');
  for (const minimum of ['two', '0', '1.5']) expect(readRule(of({ ...holding, minimum })).problem).toContain('from 1 on');
  expect(readRule(of({ ...holding, tokenId: 'x' })).problem).toContain('whole number');
});
