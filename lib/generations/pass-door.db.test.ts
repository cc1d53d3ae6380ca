import type { Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { chainHandlers } from '@/lib/passes/chain-handlers';
import { checkAccess } from '@/lib/passes/check-access';
import { getIncludedRuns } from '@/lib/passes/included-runs';
import { readPassId } from '@/lib/passes/pass-id';
import { getPassRuns } from '@/lib/passes/pass-runs';
import { signRefund } from '@/lib/passes/sign-refund';
import { buyPass, givePass, openPasses, type Passes, person, setRule, testTier, untilHeadIsAsked } from '@/lib/passes/testing/pass-fixture';
import { seedPixels } from '@/prisma/seed/test-model';
import { cancelGeneration } from './cancel-generation';
import { listGenerations } from './queries';
import { quote } from './quote';
import { createRunGeneration } from './run-generation';
import { startGenerations } from './start-generations';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const indexer = createIndexer({ handlers: chainHandlers });
let passes: Passes;
let version: Hex;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  passes = await openPasses(db, 'gated', [testTier('Reader', { terms: { includedRuns: 3 } })]);
  version = (await db.prisma.modelVersion.findFirstOrThrow()).digest as Hex;
  await setRule(db, passes, { kind: 'pass' });
});
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await db.close();
});

/** A pass whose purchase is deep enough for its runs. */
async function safePass(wallet: number): Promise<{ who: Actor; passId: string }> {
  const passId = await buyPass(passes, wallet);
  await testChain.mine(2);
  await indexer.run(db);
  await untilHeadIsAsked();
  return { who: await person(db, wallet), passId };
}
const ask = (actor: Actor, passId: string) => quote(db, actor, { version, prompt: 'a quiet proof', params: {}, seed: null, count: 1, passId });
async function start(actor: Actor, passId: string): Promise<string> {
  const { token, quoteId } = await ask(actor, passId);
  await startGenerations(db, actor, { token });
  return (await listGenerations(db, actor, { quoteId }))[0]?.id ?? '';
}
const deliver = (id: string) =>
  createRunGeneration(db, { test: seedPixels })({ id }, { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 });
async function left(actor: Actor, passId: string): Promise<number> {
  const access = await checkAccess(db, actor, passes.modelId, { passId });
  if (!access.allowed || !access.pass) throw new Error('not let in');
  return (await getIncludedRuns(db.pool, access.pass)).left;
}

test('a pass that moved between quote and start is refused, and what is left of its runs is the new holder’s', async () => {
  const { who, passId } = await safePass(1);
  const heir = await person(db, 2);
  await deliver(await start(who, passId));
  const { token } = await ask(who, passId);
  await givePass(passes, readPassId(passId).tokenId, 1, 2);
  await untilHeadIsAsked();
  // No indexer ran since.
  await expect(startGenerations(db, who, { token })).rejects.toMatchObject({ code: 'pass_moved' });
  await expect(ask(who, passId)).rejects.toMatchObject({ code: 'pass_moved' });
  expect(await left(heir, passId)).toBe(2);
  await deliver(await start(heir, passId));
  expect(await left(heir, passId)).toBe(1);
  await indexer.run(db);
  expect(await getPassRuns(db, passId)).toMatchObject({ total: 3, used: 2, left: 1, frozen: null });
});

test('runs wait until the purchase is deep; the model is open meanwhile', async () => {
  const passId = await buyPass(passes, 3);
  await indexer.run(db);
  await untilHeadIsAsked();
  const who = await person(db, 3);
  expect(await left(who, passId)).toBe(0);
  expect(await ask(who, passId)).toMatchObject({ totalMillicredits: '2000', pass: null });
});

test('a pass of which a run is under way or was used is not taken back; after a statement it takes no run', async () => {
  const { who, passId } = await safePass(4);
  const running = await start(who, passId);
  await expect(signRefund(db, who, { passId })).rejects.toMatchObject({ code: 'pass_used' });
  await cancelGeneration(db, who, { id: running });
  const { token } = await ask(who, passId);
  await signRefund(db, who, { passId });
  await expect(startGenerations(db, who, { token })).rejects.toMatchObject({ code: 'pass_frozen' });
  await expect(ask(who, passId)).rejects.toMatchObject({ code: 'pass_frozen' });

  const used = await safePass(5);
  await deliver(await start(used.who, used.passId));
  await expect(signRefund(db, used.who, { passId: used.passId })).rejects.toMatchObject({ code: 'pass_used' });
  expect(await db.prisma.passFreeze.count({ where: { passId: used.passId } })).toBe(0);
});

test('of a start and a statement at the same moment one goes through', async () => {
  const { who, passId } = await safePass(6);
  for (let round = 0; round < 5; round++) {
    const { token, quoteId } = await ask(who, passId);
    const [started, stated] = await Promise.allSettled([startGenerations(db, who, { token }), signRefund(db, who, { passId })]);
    expect([started.status, stated.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    for (const { id } of await listGenerations(db, who, { quoteId })) await cancelGeneration(db, who, { id });
    await db.prisma.passFreeze.deleteMany({ where: { passId } });
  }
});
