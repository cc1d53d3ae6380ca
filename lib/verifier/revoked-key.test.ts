import { encodeFunctionData } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workCollectionAbi as abi } from '@/lib/chain/abi/work-collection';
import { checkWork } from './check-work';
import type { Check, CheckInput } from './schema';
import { type Grown, grownFrom, growToken } from './testing/grow-token';
import { openTestHouse, type TestHouse } from './testing/house';
import { makeDrop } from './testing/make-drop';
import { makeTestWork, mintTestWork, type TestWork } from './testing/make-work';
import { seededRandom } from './testing/random';

const CREATOR = 8;
const random = seededRandom(41);
let house: TestHouse;
let minted: TestWork;
let unminted: TestWork;
let drop: TestWork[];
let steps: [Grown, Grown];

/** Everything is made while the key counts; then it is revoked. */
beforeAll(async () => {
  house = await openTestHouse();
  [minted, unminted] = [await makeTestWork(house, random), await makeTestWork(house, random)];
  await mintTestWork(house, minted);
  drop = await makeDrop(house, random, 2);
  const first = await grownFrom(await makeTestWork(house, random, { evolve: 'evolves' }));
  await mintTestWork(house, first);
  const second = await growToken(house, random, first, first);
  steps = [second, await growToken(house, random, first, second)];
  for (const { file } of [minted, unminted, ...drop, steps[1]]) expect((await check(file)).verdict).toBe('verified');

  const { timestamp } = await house.chain.client.getBlock();
  const data = encodeFunctionData({ abi, functionName: 'revokeVersion', args: [house.images.digest, Number(timestamp)] });
  const hash = await house.chain.wallet(CREATOR).sendTransaction({ to: house.collection, data, gas: 200_000n });
  expect((await house.chain.client.waitForTransactionReceipt({ hash, pollingInterval: 5 })).status).toBe('success');
}, 60_000);
afterAll(() => house.close());

const check = (file: Uint8Array, over: Partial<CheckInput> = {}) => checkWork({ file, trust: house.trust, chain: house.reader, ...over });
const versionOf = ({ verdict, rows }: Check) => [verdict, rows.find(({ id }) => id === 'version')?.result];

test('what a revoked key signed is not known where the chain cannot say when: whoever has the key may have made it today', async () => {
  const today = await makeTestWork(house, random, { titled: false });
  for (const { file } of [today, unminted, drop[1] as TestWork]) expect(versionOf(await check(file))).toEqual(['unknown', 'not_checked']);
  const { rows, summary } = await check(today.file);
  expect(rows.find(({ id }) => id === 'version')?.meaning).toContain('when this was signed cannot be known');
  expect(summary).toBe('This could not be checked: The version is registered on the chain.');
});

test('what the chain took before holds: minted, sold in a drop, or a step that leads to the newest', async () => {
  expect(versionOf(await check(minted.file))).toEqual(['verified', 'ok']);
  expect(versionOf(await check(drop[0]?.file ?? new Uint8Array()))).toEqual(['verified', 'ok']);
  expect(versionOf(await check(steps[1].file))).toEqual(['verified', 'ok']);
  expect(versionOf(await check(steps[0].file, { related: [steps[1].file] }))).toEqual(['verified', 'ok']);
  expect(versionOf(await check(steps[0].file))).toEqual(['unknown', 'not_checked']);
});
