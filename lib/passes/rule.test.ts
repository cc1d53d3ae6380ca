import { expect, test } from 'vitest';
import { passIdOf, readPassId } from './pass-id';
import { accessRule, passIdInput } from './schema';
import { type Terms, termsInput } from './tier-schema';
import { worseTerms } from './worse-terms';

const nested = (depth: number): unknown => (depth === 1 ? { kind: 'public' } : { kind: 'any', of: [nested(depth - 1)] });
const wide = (count: number): unknown => ({
  kind: 'any',
  of: Array.from({ length: count }, () => ({ kind: 'all', of: Array(8).fill({ kind: 'public' }) })),
});

test('a rule is at most four deep and 32 parts large, also one that is made to be long to count', () => {
  const takes = (value: unknown) => accessRule.safeParse(value).success;
  expect([nested(4), nested(5), nested(3000), wide(3), wide(5)].map(takes)).toEqual([true, false, false, true, false]);
  let doubled: unknown = { kind: 'public' };
  for (let i = 0; i < 60; i++) doubled = { kind: 'any', of: [doubled, doubled] };
  expect(takes(doubled)).toBe(false);
});

test.each([
  ['another kind', { kind: 'everyone' }],
  ['nothing to choose from', { kind: 'any', of: [] }],
  ['an ERC-1155 token without its number', { kind: 'holding', chainId: 1, contract: `0x${'a'.repeat(40)}`, standard: 'erc1155' }],
  ['none of a token', { kind: 'holding', chainId: 1, contract: `0x${'a'.repeat(40)}`, standard: 'erc721', minimum: '0' }],
  ['more than there can be', { kind: 'holding', chainId: 1, contract: `0x${'a'.repeat(40)}`, standard: 'erc721', minimum: '9'.repeat(79) }],
  ['a tier that cannot be', { kind: 'pass', tiers: [0] }],
  ['no tier', { kind: 'pass', tiers: [] }],
])('a rule with %s is refused', (_what, value) => {
  expect(accessRule.safeParse(value).success).toBe(false);
});

test('a pass has one name, however its collection is written', () => {
  const collection = `0x${'aB'.repeat(20)}`;
  const id = passIdOf(31_337, collection, 300_000_007n);
  expect(passIdInput.parse(`31337:${collection}:300000007`)).toBe(id);
  expect(readPassId(id)).toEqual({ chainId: 31_337, collection: collection.toLowerCase(), tokenId: 300_000_007n, tierId: 3 });
  for (const other of [
    '',
    '31337',
    `031337:${collection}:1`,
    `31337:${collection}:01`,
    `31337:${collection}:-1`,
    `31337:${collection}:1:1`,
    `${id} `,
  ]) {
    expect(passIdInput.safeParse(other).success, other).toBe(false);
  }
});

const terms = (other: Partial<Terms>): Terms => ({
  ...termsInput.parse({ includedRuns: 10, ratePerMinute: 5, earlyAccess: true, models: [] }),
  ...other,
});
const [one, two] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'] as const;

test.each<[string, Partial<Terms>, Partial<Terms>, string[]]>([
  ['nothing changed', {}, {}, []],
  ['everything more', {}, { includedRuns: 11, ratePerMinute: null }, []],
  ['fewer runs', {}, { includedRuns: 9 }, ['includedRuns']],
  ['another period', {}, { periodSeconds: 3600 }, ['periodSeconds']],
  ['a first period, where no runs were included', { includedRuns: 0 }, { includedRuns: 1, periodSeconds: 3600 }, []],
  ['a lower rate', {}, { ratePerMinute: 4 }, ['ratePerMinute']],
  ['a rate where there was none', { ratePerMinute: null }, { ratePerMinute: 1000 }, ['ratePerMinute']],
  ['no early access any more', {}, { earlyAccess: false }, ['earlyAccess']],
  ['some models instead of all', {}, { models: [one] }, ['models']],
  ['another model instead of one', { models: [one] }, { models: [two] }, ['models']],
  ['one model more', { models: [one] }, { models: [two, one] }, []],
  ['all models instead of one', { models: [one] }, {}, []],
])('of what somebody bought, %s is said to be worse exactly where it is less', (_what, sold, next, worse) => {
  expect(worseTerms(terms(sold), terms(next))).toEqual(worse);
});
