import type { Hex } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { allowlistEntries, createAllowlist, deleteAllowlist, editAllowlist, listAllowlists } from './allowlists';
import { chainHandlers } from './chain-handlers';
import { checkAccess } from './check-access';
import { readPassId } from './pass-id';
import { getAccess } from './queries';
import { accessRule } from './schema';
import { buyPass, openPasses, type Passes, person, setRule, testTier, untilHeadIsAsked } from './testing/pass-fixture';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const indexer = createIndexer({ handlers: chainHandlers });
let passes: Passes;
/** Passes of somebody else: for the rules of `passes` an ERC-721 like any other. */
let foreign: Passes;
let [anna, ben]: Actor[] = [];

const may = async (who: Actor | undefined) => (await checkAccess(db, who as Actor, passes.modelId)).allowed;
const rule = (value: unknown, early: string | null = null) => setRule(db, passes, value, early);

/** A contract that runs this code whatever it is asked. */
async function contractOf(code: Hex): Promise<Hex> {
  const address = `0x${newId().replaceAll('-', '').padEnd(40, '0')}` as Hex;
  await testChain.test.setCode({ address, bytecode: code });
  return address;
}
const ANSWERS_FIVE = '0x600560005260206000f3';
const held = (contract: Hex, other: object = {}) => ({ kind: 'holding', chainId: 31_337, contract, standard: 'erc721', ...other });

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  passes = await openPasses(db, 'gated', [testTier('Reader'), testTier('Maker', { terms: { earlyAccess: true } })]);
  foreign = await openPasses(db, 'foreign', [testTier('Friend')], 7);
  [anna, ben] = [await person(db, 1), await person(db, 2)];
  await indexer.run(db);
});
beforeEach(() => untilHeadIsAsked());
afterAll(() => db.close());

test('a list lets in who stands on it, from the next call on, and is its creator’s alone', async () => {
  const list = await createAllowlist(db, passes.creator, { name: 'Friends' });
  await rule({ kind: 'allowlist', id: list.id });
  expect(await may(anna)).toBe(false);
  await editAllowlist(db, passes.creator, { allowlistId: list.id, add: [anna?.address ?? '0x'], remove: [] });
  expect([await may(anna), await may(ben)]).toEqual([true, false]);
  expect(await allowlistEntries(db, passes.creator, list.id)).toEqual([anna?.address]);
  expect(await listAllowlists(db, passes.creator)).toMatchObject([{ name: 'Friends', count: 1 }]);
  await expect(editAllowlist(db, foreign.creator, { allowlistId: list.id, add: [], remove: [] })).rejects.toMatchObject({ code: 'not_found' });
  await expect(allowlistEntries(db, foreign.creator, list.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(setRule(db, foreign, { kind: 'allowlist', id: list.id })).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(deleteAllowlist(db, passes.creator, { allowlistId: list.id })).rejects.toMatchObject({ code: 'wrong_state' });
  await editAllowlist(db, passes.creator, { allowlistId: list.id, add: [], remove: [anna?.address ?? '0x'] });
  expect(await may(anna)).toBe(false);
  await rule({ kind: 'public' });
  await deleteAllowlist(db, passes.creator, { allowlistId: list.id });
});

describe('tokens of other contracts', () => {
  test('let in who holds enough of them by the chain of this block', async () => {
    await rule(held(foreign.collection));
    expect(await may(ben)).toBe(false);
    const token = await buyPass(foreign, 2);
    await untilHeadIsAsked();
    expect([await may(ben), await may(anna)]).toEqual([true, false]);
    await rule(held(foreign.collection, { minimum: '2' }));
    expect(await may(ben)).toBe(false);
    const tokenId = readPassId(token).tokenId.toString();
    await rule(held(foreign.collection, { tokenId }));
    expect([await may(ben), await may(anna)]).toEqual([true, false]);
    await rule(held(foreign.collection, { tokenId: '1' }));
    expect(await may(ben)).toBe(false);
  });

  test('of ERC-1155 count by their number', async () => {
    const contract = await contractOf(ANSWERS_FIVE);
    await rule(held(contract, { standard: 'erc1155', tokenId: '9', minimum: '5' }));
    expect(await may(anna)).toBe(true);
    await rule(held(contract, { standard: 'erc1155', tokenId: '9', minimum: '6' }));
    expect(await may(anna)).toBe(false);
  });

  test.each<[string, Hex]>([
    ['burns all gas', '0x5b600056'],
    ['answers two hundred thousand bytes', '0x62030d406000f3'],
    ['answers 31 bytes', '0x6005600052601f6000f3'],
    ['answers nothing', '0x00'],
    ['reverts', '0x60006000fd'],
    ['does what is no instruction', '0xfe'],
    // Error("unknown block: header not found"), as if the node had said it.
    [
      'reverts in the words of a node that has no such block',
      '0x608060405260405162461bcd60e51b815260206004820152601f60248201527f756e6b6e6f776e20626c6f636b3a20686561646572206e6f7420666f756e640060448201526064810160405180910390fd',
    ],
  ])('of a contract that %s are held by nobody', async (_what, code) => {
    await rule(held(await contractOf(code)));
    const began = performance.now();
    expect(await may(anna)).toBe(false);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test('have numbers that the chain has: a larger one makes no rule', async () => {
    const last = (2n ** 256n - 1n).toString();
    await rule(held(foreign.collection, { tokenId: last, minimum: last }));
    expect(await may(anna)).toBe(false);
    for (const more of [{ tokenId: (2n ** 256n).toString() }, { minimum: '9'.repeat(78) }])
      expect(accessRule.safeParse(held(foreign.collection, more)).success).toBe(false);
  });

  test('of a chain we do not read, or where nothing stands, make no rule', async () => {
    await expect(rule(held(foreign.collection, { chainId: 1 }))).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(rule(held(`0x${'9'.repeat(40)}`))).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

test('rules join with and, and with or, and say in words what they ask for', async () => {
  const list = await createAllowlist(db, passes.creator, { name: 'Press' });
  await editAllowlist(db, passes.creator, { allowlistId: list.id, add: [anna?.address ?? '0x'], remove: [] });
  const [yes, no] = [held(await contractOf(ANSWERS_FIVE)), held(await contractOf('0x60006000fd'))];
  const onList = { kind: 'allowlist', id: list.id };
  const table: [object, anna: boolean, ben: boolean][] = [
    [{ kind: 'any', of: [onList, no] }, true, false],
    [{ kind: 'all', of: [onList, yes] }, true, false],
    [{ kind: 'all', of: [onList, no] }, false, false],
    [{ kind: 'any', of: [no, yes] }, true, true],
    [
      {
        kind: 'any',
        of: [
          { kind: 'all', of: [no, yes] },
          { kind: 'all', of: [onList, { kind: 'public' }] },
        ],
      },
      true,
      false,
    ],
    [
      {
        kind: 'all',
        of: [
          { kind: 'any', of: [no, onList] },
          { kind: 'any', of: [no, yes] },
        ],
      },
      true,
      false,
    ],
  ];
  for (const [value, forAnna, forBen] of table) {
    await rule(value);
    expect([await may(anna), await may(ben)], JSON.stringify(value)).toEqual([forAnna, forBen]);
  }
  await rule({
    kind: 'any',
    of: [
      { kind: 'pass', tiers: [1, 2] },
      { kind: 'all', of: [onList, no] },
    ],
  });
  const ways = ['a pass: Reader or Maker', `a place on a list of this creator, and 1 or more tokens of ${no.contract} (ERC-721, chain 31337)`];
  expect(await checkAccess(db, ben as Actor, passes.modelId)).toEqual({ allowed: false, code: 'pass_required', missing: ways });
  expect(await getAccess(db, passes.modelId)).toMatchObject({ isPublic: false, ways });
});

test('a rule can ask for one tier, and for a time only passes with early access count', async () => {
  await buyPass(passes, 1, 1);
  await buyPass(passes, 2, 2);
  await indexer.run(db);
  await untilHeadIsAsked();
  await rule({ kind: 'pass', tiers: [1] });
  expect([await may(anna), await may(ben)]).toEqual([true, false]);
  await rule({ kind: 'public' }, new Date(Date.now() + 60_000).toISOString());
  expect([await may(anna), await may(ben), await may(passes.creator)]).toEqual([false, true, true]);
  await rule({ kind: 'public' }, new Date(Date.now() - 1000).toISOString());
  expect([await may(anna), await may(ben)]).toEqual([true, true]);
});

test('where the model has free trial runs, who is not let in may have those and nothing else', async () => {
  const nobody = await person(db, 5);
  await rule({ kind: 'pass' });
  await db.prisma.price.updateMany({ data: { trialRuns: 2 } });
  expect(await checkAccess(db, nobody, passes.modelId)).toEqual({ allowed: true, pass: null, needsRun: 'trial' });
  expect(await checkAccess(db, anna as Actor, passes.modelId)).toMatchObject({ allowed: true, needsRun: 'none' });
  await db.prisma.price.updateMany({ data: { trialRuns: 0 } });
  expect(await may(nobody)).toBe(false);
});

test('a rule of somebody else’s model, or that asks for a tier nobody has planned, is not set', async () => {
  await expect(setRule(db, { ...passes, creator: foreign.creator }, { kind: 'public' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(rule({ kind: 'pass', tiers: [9] })).rejects.toMatchObject({ code: 'invalid_input' });
});

test('nobody has more than fifty lists, however many they make at once', async () => {
  const make = () => createAllowlist(db, foreign.creator, { name: 'One of many' });
  const ended = await Promise.allSettled(Array.from({ length: 55 }, make));
  expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
  await expect(make()).rejects.toMatchObject({ code: 'conflict' });
});

test('a list that is deleted while a rule naming it is written: one of the two is refused, and no rule is without its list', async () => {
  for (let i = 0; i < 12; i++) {
    const { id } = await createAllowlist(db, passes.creator, { name: `Short-lived ${i}` });
    const [deleted, written] = await Promise.allSettled([
      deleteAllowlist(db, passes.creator, { allowlistId: id }),
      rule({ kind: 'any', of: [{ kind: 'pass' }, { kind: 'allowlist', id }] }),
    ]);
    expect([deleted.status, written.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    const lists = await listAllowlists(db, passes.creator);
    expect(lists.some((list) => list.id === id)).toBe(written.status === 'fulfilled');
    await rule({ kind: 'public' });
  }
});
