import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Hex, pad, toHex } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { checkOtherChains, otherChains } from '@/lib/chain/other-chains';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { startTestChain } from '@/lib/chain/testing/local-chain';
import { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { checkAccess } from './check-access';
import { getAccess } from './queries';
import { openPasses, type Passes, person, setRule, testTier, untilHeadIsAsked } from './testing/pass-fixture';

// Two chains, each a real EVM: the file's own, and one that models' rules may ask. Settings are read once, so that both stand before anything reads them.
const POLYGON = 137;
const [SILENT, MISTAKEN] = [10, 8453];
const other = await startTestChain({ chainId: POLYGON });
const silent = createServer(() => {});
await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
const silentUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
vi.stubEnv('HOLDING_CHAINS', `${POLYGON}=${other.url}, ${SILENT}=${silentUrl}, ${MISTAKEN}=${other.url}`);

const db = openDatabase(process.env.DATABASE_URL ?? '');
let passes: Passes;
let [anna, ben]: Actor[] = [];

/** Answers what it has stored under the first word it is asked with: balances by address, owners by number. */
const TOKEN = '0x600435545f5260205ff3';
async function contractOf(code: Hex, chain = other): Promise<Hex> {
  const address = `0x${newId().replaceAll('-', '').padEnd(40, '0')}` as Hex;
  await chain.test.setCode({ address, bytecode: code });
  await chain.mine();
  return address;
}
async function store(contract: Hex, word: Hex | bigint, value: bigint | Hex, chain = other): Promise<void> {
  const slot = pad(typeof word === 'bigint' ? toHex(word) : word, { size: 32 });
  await chain.test.setStorageAt({ address: contract, index: slot, value: pad(typeof value === 'bigint' ? toHex(value) : value, { size: 32 }) });
  await chain.mine();
  await untilHeadIsAsked();
}
const held = (contract: Hex, more: object = {}) => ({ kind: 'holding', chainId: POLYGON, contract, standard: 'erc721', ...more });
const rule = (value: unknown) => setRule(db, passes, value);
/** As one that was set while its chain still answered. */
const keep = (value: object) =>
  db.prisma.accessRule.update({ where: { modelId: passes.modelId }, data: { rule: { tokenId: null, minimum: '1', ...value } } });
const ask = (who: Actor | undefined) => checkAccess(db, who as Actor, passes.modelId);
const may = async (who: Actor | undefined) => (await ask(who)).allowed;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  passes = await openPasses(db, 'abroad', [testTier('Reader')]);
  [anna, ben] = [await person(db, 1), await person(db, 2)];
});
beforeEach(() => untilHeadIsAsked());
afterAll(async () => {
  await db.close();
  silent.closeAllConnections();
  silent.close();
  await other.stop();
});

test('a token of another chain lets in who holds it there, by that chain’s newest block, and nobody who does not any more', async () => {
  const contract = await contractOf(TOKEN);
  await testChain.test.setCode({ address: contract, bytecode: TOKEN });
  await store(contract, (ben as Actor).address as Hex, 5n, testChain);
  await rule(held(contract));
  // What Ben has at the same address of our own chain is another token.
  expect([await may(anna), await may(ben)]).toEqual([false, false]);
  await store(contract, (anna as Actor).address as Hex, 1n);
  expect([await may(anna), await may(ben)]).toEqual([true, false]);
  await rule(held(contract, { minimum: '2' }));
  expect(await may(anna)).toBe(false);
  await rule(held(contract, { tokenId: '9' }));
  await store(contract, 9n, (ben as Actor).address as Hex);
  expect([await may(anna), await may(ben)]).toEqual([false, true]);
  await rule(held(contract, { standard: 'erc1155', tokenId: '9' }));
  expect(await may(anna)).toBe(true);
  await store(contract, (anna as Actor).address as Hex, 0n);
  expect(await may(anna)).toBe(false);
  await rule({ ...held(contract), chainId: 31_337 });
  expect([await may(anna), await may(ben)]).toEqual([false, true]);
});

test('the rule and the refusal name the chain', async () => {
  const contract = await contractOf(TOKEN);
  await rule(held(contract));
  const line = `1 or more tokens of ${contract} (ERC-721, Polygon, chain 137)`;
  expect(await ask(anna)).toEqual({ allowed: false, code: 'pass_required', missing: [line] });
  expect((await getAccess(db, passes.modelId)).ways).toEqual([line]);
  expect(otherChains()).toContainEqual({ chainId: POLYGON, name: 'Polygon' });
});

test.each<[string, Hex]>([
  ['burns all gas', '0x5b600056'],
  ['answers two hundred thousand bytes', '0x62030d406000f3'],
  ['answers 31 bytes', '0x6005600052601f6000f3'],
  ['reverts', '0x60006000fd'],
])('of a contract there that %s nothing is held', async (_what, code) => {
  await rule(held(await contractOf(code)));
  expect(await may(anna)).toBe(false);
});

test('a rule is not set about a chain that we do not read, or where nothing stands, or while it cannot be looked at', async () => {
  await expect(rule({ ...held(await contractOf(TOKEN)), chainId: 42_161 })).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(rule(held(`0x${'9'.repeat(40)}`))).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(rule({ ...held(await contractOf(TOKEN)), chainId: SILENT })).rejects.toMatchObject({ code: 'chain_unavailable' });
});

describe('on a chain that does not answer', () => {
  test('nothing is held, which is said, soon; what else the rule takes still lets in', async () => {
    const contract = await contractOf(TOKEN);
    await store(contract, (anna as Actor).address as Hex, 1n);
    const there = { kind: 'holding', chainId: SILENT, contract, standard: 'erc721', tokenId: null, minimum: '1' };
    await rule(held(contract));
    await keep(there);
    const began = performance.now();
    const answer = await ask(anna);
    expect(performance.now() - began).toBeLessThan(6_000);
    expect(answer).toMatchObject({ allowed: false, missing: [expect.stringContaining('OP Mainnet, chain 10, which does not answer right now')] });
    await keep({ kind: 'any', of: [there, held(contract, { tokenId: null, minimum: '1' })] });
    expect([await may(anna), await may(ben)]).toEqual([true, false]);
    await keep({ kind: 'all', of: [there, held(contract, { tokenId: null, minimum: '1' })] });
    expect(await may(anna)).toBe(false);
  });

  test('one that is another chain than it should be is taken for one that does not answer, and stops a start', async () => {
    const contract = await contractOf(TOKEN);
    await store(contract, (anna as Actor).address as Hex, 1n);
    await rule(held(contract));
    await keep({ kind: 'holding', chainId: MISTAKEN, contract, standard: 'erc721' });
    expect(await ask(anna)).toMatchObject({ allowed: false, missing: [expect.stringContaining('does not answer')] });
    await expect(checkOtherChains()).rejects.toThrow('the node given for chain 8453 is of chain 137');
  });
});
