import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { publicClient } from '@/lib/chain/client';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { chainHandlers } from './chain-handlers';
import { checkAccess, requireAccess } from './check-access';
import { readPassId } from './pass-id';
import { buyPass, givePass, openPasses, type Passes, person, setRule, testTier, untilHeadIsAsked } from './testing/pass-fixture';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const indexer = createIndexer({ handlers: chainHandlers });
let passes: Passes;
let anna: Actor;
let ben: Actor;

const refused = (code: string) => ({ allowed: false, code });
const enters = (who: Actor, passId?: string) => checkAccess(db, who, passes.modelId, { passId });

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  passes = await openPasses(db, 'gated', [testTier('Reader'), testTier('Maker', { terms: { includedRuns: 500, ratePerMinute: 60 } })]);
  [anna, ben] = [await person(db, 1), await person(db, 2)];
  await indexer.run(db);
});
beforeEach(() => setRule(db, passes, { kind: 'pass' }));
afterAll(() => db.close());

test('a model without a rule is open to everyone, and its creator always may', async () => {
  expect(await enters(anna)).toMatchObject(refused('pass_required'));
  expect(await enters(passes.creator)).toMatchObject({ allowed: true, pass: null });
  await db.prisma.accessRule.deleteMany();
  expect(await enters(anna)).toMatchObject({ allowed: true, pass: null, needsRun: 'none' });
});

test('a pass opens the model, and the grant says what its tier includes in this period', async () => {
  const passId = await buyPass(passes, 1, 2);
  await indexer.run(db);
  await untilHeadIsAsked();
  const access = await enters(anna);
  expect(access).toMatchObject({ allowed: true, needsRun: 'none' });
  if (!access.allowed || !access.pass) throw new Error('not let in');
  const { boughtAt } = await db.prisma.passToken.findUniqueOrThrow({ where: { id: passId } });
  expect(access.pass).toMatchObject({ passId, tierId: 2, tierLabel: 'Maker', includedRuns: 500, ratePerMinute: 60, period: 0, isSafe: false });
  expect(access.pass.periodEndsAt).toEqual(new Date(boughtAt.getTime() + 30 * 86_400_000));
  await testChain.mine(2);
  await indexer.run(db);
  await untilHeadIsAsked();
  expect(await enters(anna, passId)).toMatchObject({ allowed: true, pass: { isSafe: true } });
});

describe('a pass that moves', () => {
  test('lets the new holder in and the old one out within its block, whatever door they named it at', async () => {
    const passId = await buyPass(passes, 3);
    const [carl, dora] = [await person(db, 3), await person(db, 4)];
    await indexer.run(db);
    await untilHeadIsAsked();
    expect(await enters(carl, passId)).toMatchObject({ allowed: true });
    expect(await enters(dora, passId)).toMatchObject(refused('pass_moved'));
    await givePass(passes, readPassId(passId).tokenId, 3, 4);
    await indexer.run(db);
    await untilHeadIsAsked();
    expect(await enters(carl, passId)).toMatchObject(refused('pass_moved'));
    expect(await enters(carl)).toMatchObject(refused('pass_required'));
    expect(await enters(dora, passId)).toMatchObject({ allowed: true, pass: { passId } });
    await expect(requireAccess(db, carl, passes.modelId, { passId })).rejects.toMatchObject({ code: 'pass_moved' });
  });

  test('is refused to the old holder and open to the new one while no indexer runs, and so is one that is bought meanwhile', async () => {
    const passId = await buyPass(passes, 5);
    const [eva, finn] = [await person(db, 5), await person(db, 6)];
    await indexer.run(db);
    await givePass(passes, readPassId(passId).tokenId, 5, 6);
    const bought = await buyPass(passes, 6, 2);
    await untilHeadIsAsked();
    // The index still says that it is hers.
    expect(await db.prisma.passToken.findUniqueOrThrow({ where: { id: passId } })).toMatchObject({ holder: eva.address });
    expect(await enters(eva, passId)).toMatchObject(refused('pass_moved'));
    expect(await enters(eva)).toMatchObject(refused('pass_required'));
    expect(await enters(finn, passId)).toMatchObject({ allowed: true, pass: { passId } });
    expect(await enters(finn, bought)).toMatchObject({ allowed: true, pass: { passId: bought, tierLabel: 'Maker', isSafe: false } });
    // Not named, both are found in the logs of the newest blocks, which are read once a block.
    const read = vi.spyOn(publicClient(), 'getLogs');
    for (let i = 0; i < 5; i++) await enters(eva);
    expect(read.mock.calls.length).toBeLessThanOrEqual(1);
    read.mockRestore();
    expect(await enters(finn)).toMatchObject({ allowed: true, pass: { passId: bought } });
    expect(await enters(eva, bought)).toMatchObject(refused('pass_moved'));
    await expect(enters(finn, 'no pass')).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await enters(finn, bought.replace('31337', '31338'))).toMatchObject(refused('pass_required'));
    const { collection } = readPassId(passId);
    expect(await enters(finn, `31337:${collection}:100099999`)).toMatchObject(refused('pass_required'));
    await indexer.run(db);
  });

  test('is believed of the index only if its newest block is the one the chain has', async () => {
    const passId = await buyPass(passes, 7);
    const gerd = await person(db, 7);
    await indexer.run(db);
    const [before] = await db.pool.query('SELECT number, hash FROM chain_block ORDER BY number DESC LIMIT 1').then(({ rows }) => rows);
    await givePass(passes, readPassId(passId).tokenId, 7, 6);
    // An index that counted on without applying: as high as the chain, and not on it.
    await db.pool.query('UPDATE chain_block SET number = number + 1 WHERE number = $1', [before.number]);
    await untilHeadIsAsked();
    expect(await enters(gerd, passId)).toMatchObject(refused('pass_moved'));
    await db.pool.query('UPDATE chain_block SET number = number - 1 WHERE number = $1::bigint + 1', [before.number]);
    await indexer.run(db);
  });
});

test('a node that is far behind the index is not believed, of passes and of other contracts’ tokens', async () => {
  const passId = await buyPass(passes, 3);
  const [hans, finn] = [await person(db, 3), await person(db, 6)];
  const old = await testChain.client.getBlock();
  await givePass(passes, readPassId(passId).tokenId, 3, 6);
  await testChain.mine(40);
  await indexer.run(db);
  await untilHeadIsAsked();
  expect([await enters(hans, passId), await enters(finn, passId)]).toMatchObject([refused('pass_moved'), { allowed: true }]);
  const stuck = vi.spyOn(publicClient(), 'getBlock').mockResolvedValue(old as never);
  await untilHeadIsAsked();
  for (const who of [hans, finn]) await expect(enters(who, passId)).rejects.toMatchObject({ code: 'chain_unavailable' });
  await setRule(db, passes, {
    kind: 'holding',
    chainId: 31_337,
    contract: passes.collection,
    standard: 'erc721',
    tokenId: readPassId(passId).tokenId.toString(),
  });
  await expect(enters(hans)).rejects.toMatchObject({ code: 'chain_unavailable' });
  // What needs no pass stays open.
  await db.prisma.accessRule.deleteMany();
  expect(await enters(hans)).toMatchObject({ allowed: true });
  stuck.mockRestore();
  await untilHeadIsAsked();
});

test('a pass that was cancelled has expired, until it is renewed', async () => {
  const other = await openPasses(db, 'ending', [testTier('Week', { refundWindowSeconds: 0 })], 9);
  await setRule(db, other, { kind: 'pass' });
  const passId = await buyPass(other, 2);
  const contract = { address: other.collection, abi: passCollectionAbi, gas: 300_000n } as const;
  const { tokenId } = readPassId(passId);
  await testChain.wallet(2).writeContract({ ...contract, functionName: 'cancelSubscription', args: [tokenId] });
  await testChain.mine();
  await indexer.run(db);
  await untilHeadIsAsked();
  expect(await checkAccess(db, ben, other.modelId, { passId })).toMatchObject(refused('pass_expired'));
  expect(await checkAccess(db, ben, other.modelId)).toMatchObject(refused('pass_expired'));
  await testChain.wallet(2).writeContract({ ...contract, functionName: 'renewSubscription', args: [tokenId, 30n * 86_400n], value: 10n ** 15n });
  await testChain.mine();
  await untilHeadIsAsked();
  expect(await checkAccess(db, ben, other.modelId, { passId })).toMatchObject({ allowed: true });
  await indexer.run(db);
  expect(await checkAccess(db, ben, other.modelId)).toMatchObject({ allowed: true, pass: { passId } });
});

test('a pass of another creator opens nothing here', async () => {
  const foreign = await db.prisma.passToken.findFirstOrThrow({ where: { collection: { not: passes.collection }, holder: ben.address } });
  expect(await enters(ben, foreign.id)).toMatchObject(refused('pass_required'));
  expect(await enters(ben)).toMatchObject(refused('pass_required'));
});

test('while the chain does not answer, a pass lets nobody in, and what needs none stays open', async () => {
  await testChain.stop();
  await untilHeadIsAsked();
  const finn = await person(db, 6);
  const { id: passId } = await db.prisma.passToken.findFirstOrThrow({ where: { holder: finn.address } });
  await expect(enters(finn, passId)).rejects.toMatchObject({ code: 'chain_unavailable' });
  await expect(enters(finn)).rejects.toMatchObject({ code: 'chain_unavailable' });
  expect(await enters(passes.creator)).toMatchObject({ allowed: true });
  await db.prisma.accessRule.deleteMany();
  expect(await enters(finn)).toEqual({ allowed: true, pass: null, needsRun: 'none' });
});
