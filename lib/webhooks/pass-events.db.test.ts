import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { chainHandlers } from '@/lib/passes/chain-handlers';
import { readPassId } from '@/lib/passes/pass-id';
import { buyPass, givePass, openPasses, type Passes, PRICE_WEI, person, sendBuy, testTier } from '@/lib/passes/testing/pass-fixture';
import { createEndpoint } from './create-endpoint';
import { webhookLoops } from './jobs';
import { listDeliveries } from './queries';
import { WEBHOOK_EVENTS } from './schema';

const db = openDatabase(env.DATABASE_URL);
const { run } = createIndexer({ handlers: chainHandlers });
let passes: Passes;
const hooks = new Map<string, string>();

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  passes = await openPasses(db, 'gated', [testTier('Reader', { refundWindowSeconds: 0 })]);
  for (const actor of [passes.creator, ...(await Promise.all([1, 2, 3].map((wallet) => person(db, wallet))))]) {
    hooks.set(actor.userId, (await createEndpoint(db, actor, { url: 'https://hooks.example.com/', events: [...WEBHOOK_EVENTS] })).id);
  }
  await run(db);
});
afterAll(() => db.close());

/** What somebody was told of passes, oldest first. */
async function told(actor: Actor) {
  const { deliveries } = await listDeliveries(db, actor, { webhookId: hooks.get(actor.userId) ?? '' });
  return deliveries.map(({ body }) => JSON.parse(body) as { type: string; data: Record<string, unknown> }).reverse();
}
const typesOf = async (actor: Actor) => (await told(actor)).map(({ type }) => type);
const forget = () => db.pool.query('DELETE FROM webhook_event');

test('who pays, who gets it and whose pass it is are each told once of a purchase, a renewal and a transfer', async () => {
  const [anna, ben, carl] = [await person(db, 1), await person(db, 2), await person(db, 3)];
  await sendBuy(passes, 1, 1, { to: ben.address });
  await testChain.mine();
  await run(db);
  const passId = `31337:${passes.collection}:100000001`;
  const bought = { type: 'pass.bought', data: { passId, tierId: 1, holder: ben.address, payer: anna.address, priceWei: PRICE_WEI.toString() } };
  for (const actor of [anna, ben, passes.creator]) expect(await told(actor)).toMatchObject([bought]);
  const contract = { address: passes.collection, abi: passCollectionAbi, gas: 300_000n } as const;
  await testChain.wallet(3).writeContract({ ...contract, functionName: 'renewSubscription', args: [100_000_001n, 2_592_000n], value: PRICE_WEI });
  await testChain.mine();
  await givePass(passes, 100_000_001n, 2, 1);
  await run(db);
  expect(await typesOf(anna)).toEqual(['pass.bought', 'pass.transferred']);
  expect((await typesOf(ben)).toSorted()).toEqual(['pass.bought', 'pass.renewed', 'pass.transferred']);
  expect(await told(carl)).toMatchObject([{ type: 'pass.renewed', data: { holder: ben.address, payer: carl.address } }]);
  const moved = (await told(passes.creator)).filter(({ type }) => type === 'pass.transferred');
  expect(moved).toMatchObject([{ data: { passId, from: ben.address, holder: anna.address } }]);
});

test('what a fork undoes is told, with whom it concerned', async () => {
  await forget();
  const [anna, ben] = [await person(db, 1), await person(db, 2)];
  const saved = await testChain.test.snapshot();
  const passId = await buyPass(passes, 2);
  await givePass(passes, readPassId(passId).tokenId, 2, 1);
  await run(db);
  await testChain.test.revert({ id: saved });
  await testChain.mine(3);
  await run(db);
  expect(await typesOf(anna)).toEqual(['pass.transferred', 'pass.undone']);
  expect((await told(anna)).at(-1)?.data).toMatchObject({ undone: 'pass.transferred', passId, from: ben.address, holder: anna.address });
  expect((await typesOf(ben)).toSorted()).toEqual(['pass.bought', 'pass.transferred', 'pass.undone', 'pass.undone']);
});

test('a holder is told once that a pass ends, a day before, and again of the end that a renewal gives it', async () => {
  await forget();
  const anna = await person(db, 1);
  const loop = webhookLoops.find(({ name }) => name.startsWith('tell holders'));
  const tell = () => Promise.all([loop?.run(db), loop?.run(db)]);
  const endsIn = (hours: number) =>
    db.pool.query('UPDATE pass_token SET expires_at = now() + make_interval(hours => $1) WHERE holder = $2', [hours, anna.address]);
  await endsIn(25);
  await tell();
  expect(await told(anna)).toEqual([]);
  await endsIn(23);
  await tell();
  await tell();
  expect(await told(anna)).toMatchObject([{ type: 'pass.expiring', data: { holder: anna.address, expiresAt: expect.stringMatching(/Z$/) } }]);
  await endsIn(12);
  await tell();
  expect(await typesOf(anna)).toEqual(['pass.expiring', 'pass.expiring']);
});
