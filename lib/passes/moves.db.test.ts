import { afterAll, beforeAll, expect, test } from 'vitest';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { chainHandlers } from './chain-handlers';
import { checkAccess } from './check-access';
import { readPassId } from './pass-id';
import { buyPass, givePass, openPasses, type Passes, person, setRule, testTier, untilHeadIsAsked } from './testing/pass-fixture';

const WALLETS = [1, 2, 3] as const;
const ROUNDS = 16;
/** Park–Miller, for the same course every time. */
let seed = 20_261_203;
const dice = (sides: number): number => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % sides;
};

const db = openDatabase(process.env.DATABASE_URL ?? '');
const indexer = createIndexer({ handlers: chainHandlers });
let passes: Passes;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  passes = await openPasses(db, 'gated', [testTier('Reader')]);
  await setRule(db, passes, { kind: 'pass' });
});
afterAll(() => db.close());

test('whatever moves, forks, and is indexed or not, whoever holds the pass by the chain gets in, and nobody else', async () => {
  const passId = await buyPass(passes, 1);
  const { collection: address, tokenId } = readPassId(passId);
  await indexer.run(db);
  const holder = async () =>
    (await testChain.client.readContract({ address, abi: passCollectionAbi, functionName: 'ownerOf', args: [tokenId] })).toLowerCase();
  const people = await Promise.all(WALLETS.map((wallet) => person(db, wallet)));
  let saved = await testChain.test.snapshot();
  const course: string[] = [];

  async function give(): Promise<void> {
    const now = await holder();
    const giver = WALLETS[people.findIndex((one) => one.address === now)] ?? 1;
    const others = WALLETS.filter((wallet) => wallet !== giver);
    await givePass(passes, tokenId, giver, others[dice(2)] ?? 1);
  }
  async function fork(): Promise<void> {
    await testChain.test.revert({ id: saved });
    // As high as it was or higher, or lower.
    await testChain.mine(1 + dice(3));
    saved = await testChain.test.snapshot();
  }
  const steps: Record<string, () => Promise<unknown>> = {
    give,
    'give twice': async () => [await give(), await give()],
    fork,
    index: () => indexer.run(db),
    // As high as before, and somebody else has it.
    'index, and be given otherwise': async () => {
      const before = await testChain.test.snapshot();
      const giver = await holder();
      await give();
      const taker = await holder();
      await indexer.run(db);
      await testChain.test.revert({ id: before });
      const walletOf = (one: string) => WALLETS[people.findIndex((other) => other.address === one)] ?? 1;
      const third = WALLETS.find((wallet) => wallet !== walletOf(giver) && wallet !== walletOf(taker)) ?? 1;
      await givePass(passes, tokenId, walletOf(giver), third);
      saved = await testChain.test.snapshot();
    },
    'save and give': async () => {
      saved = await testChain.test.snapshot();
      await give();
    },
  };
  const names = Object.keys(steps);
  for (let round = 0; round < ROUNDS; round++) {
    const name = names[dice(names.length)] ?? 'give';
    course.push(name);
    await steps[name]?.();
    await untilHeadIsAsked();
    const now = await holder();
    for (const one of people) {
      const isHolder = one.address === now;
      const named = await checkAccess(db, one, passes.modelId, { passId });
      expect(named.allowed, course.join(', ')).toBe(isHolder);
      if (!named.allowed) expect(named.code).toBe('pass_moved');
      expect((await checkAccess(db, one, passes.modelId)).allowed, `${course.join(', ')}, not named`).toBe(isHolder);
    }
  }
  expect(new Set(course).size).toBeGreaterThan(3);
});
