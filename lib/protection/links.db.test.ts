import { randomBytes } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { houseKey } from '@/lib/keys/sealed-keys';
import { paramsText } from '@/lib/protocol/params';
import { getProtection } from './queries';
import { watchedModel } from './testing/watched-model';
import { findLinks } from './watch/find-links';
import { modelFacts } from './watch/model-facts';
import { watchRuns } from './watch/watch-runs';
import { traceOf, writeTraces } from './watch/write-traces';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const hex = (bytes: number) => `0x${randomBytes(bytes).toString('hex')}`;
let model: Awaited<ReturnType<typeof watchedModel>>;
let place: { chainId: number; collection: string };
let passNumber = 0n;
beforeEach(async () => {
  model = await watchedModel(db);
  place = { chainId: 31_337, collection: hex(20) };
  await db.prisma.passCollection.create({
    data: { chainId: 31_337, address: place.collection, creatorId: model.creator.userId, base: 'https://here.example' },
  });
  const tier = { label: 'Gold', priceWei: 1, durationSeconds: 0n, refundWindowSeconds: 0, cap: 9, imageCid: 'cid', sold: 1, issued: 1 };
  await db.prisma.passTier.create({ data: { ...place, ...tier, tierId: 1, transferable: true, open: true } });
});
afterAll(() => db.close());

/** As the indexer writes it; of one that was bought with credits the house's relayer is the payer. */
async function holdsPass({ address }: Actor, payer: string, boughtWithCreditsBy?: Actor): Promise<void> {
  passNumber += 1n;
  const txHash = hex(32);
  const row = { holder: address, boughtAt: new Date(), payer: payer.toLowerCase(), priceWei: 1, blockNumber: 1n, txHash };
  await db.prisma.passToken.create({
    data: { ...place, ...row, id: `31337:${place.collection}:${passNumber}`, tierId: 1, tokenId: passNumber },
  });
  if (!boughtWithCreditsBy) return;
  const { userId } = boughtWithCreditsBy;
  const id = newId();
  const amounts = { priceWei: 1, priceMillicredits: 2n, refundMillicredits: 1n };
  await db.prisma.passPurchase.create({ data: { ...place, ...amounts, id, userId, tierId: 1, receiver: address } });
  await db.prisma.passPurchase.update({ where: { id }, data: { state: 'captured', txHash } });
}
const runOf = (userId: string, prompt: string) => ({
  ...{ id: newId(), quoteId: newId(), userId, modelId: model.modelId, versionDigest: model.version, prompt, seed: '1' },
  ...{ paramsText: paramsText({ height: 2, width: 2, grain: 1, warmth: 1 }), at: new Date() },
});
async function said(userIds: string[], prompts: string[]): Promise<void> {
  const tx = await db.pool.connect();
  const facts = await modelFacts(tx, model.modelId);
  const runs = userIds.flatMap((userId) => prompts.map((prompt) => runOf(userId, prompt)));
  await writeTraces(
    tx,
    runs.map((run) => ({ run, ...traceOf(run, facts) })),
  );
  tx.release();
}
async function payersInCommon(first: Actor, second: Actor): Promise<number> {
  await said([first.userId, second.userId], ['a thing of their own']);
  const tx = await db.pool.connect();
  const links = await findLinks(tx, model.modelId, first.userId);
  tx.release();
  return links.find(({ userId }) => userId === second.userId)?.payers ?? 0;
}

test('that the house bought their passes for two people with their credits says nothing of them; that one of them paid for both does', async () => {
  const [anna, ben, cleo, dora] = [await model.newPerson(), await model.newPerson(), await model.newPerson(), await model.newPerson()];
  const { address: relayer } = (await houseKey(db, 'relayer')).signer;
  await holdsPass(anna, relayer, anna);
  await holdsPass(ben, relayer, ben);
  expect(await payersInCommon(anna, ben)).toBe(0);
  await holdsPass(cleo, relayer, anna);
  expect(await payersInCommon(anna, cleo)).toBe(1);
  // Also where one was bought by wallet and the other with credits.
  await holdsPass(dora, anna.address);
  expect([await payersInCommon(anna, dora), await payersInCommon(dora, cleo), await payersInCommon(ben, dora)]).toEqual([1, 1, 0]);
});

test('a wallet that pays at the till for several accounts is a payer that they have in common', async () => {
  const [anna, ben, cleo] = [await model.newPerson(), await model.newPerson(), await model.newPerson()];
  const purse = hex(20);
  const pays = ({ userId }: Actor, payer: string) =>
    db.prisma.deposit.create({
      data: {
        ...{
          chainId: 31_337,
          blockHash: hex(32),
          txHash: hex(32),
          ordinal: 0,
          blockNumber: 1n,
          payer,
          memo: hex(32),
          asset: 'eth',
          amount: 1,
          userId,
        },
        ...{ state: 'seen', millicredits: 1n, at: new Date() },
      },
    });
  await pays(anna, purse);
  await pays(ben, purse);
  await pays(cleo, cleo.address);
  expect([await payersInCommon(anna, ben), await payersInCommon(anna, cleo)]).toEqual([1, 0]);
});

test('who paid in common with a collector of hundreds of passes and a thousand payments is found at once, in a collection of thousands', async () => {
  const [anna, ben] = [await model.newPerson(), await model.newPerson()];
  const [{ userId, address }, owner] = [anna, openDatabase(process.env.DATABASE_OWNER_URL ?? '')];
  const run = (sql: string, values: unknown[]) => owner.pool.query(sql, values);
  // Every second of her passes was bought with her credits.
  await run(
    `INSERT INTO pass_token (id, chain_id, collection, tier_id, token_id, holder, bought_at, payer, price_wei, block_number, tx_hash)
     SELECT '31337:' || $1 || ':' || i, 31337, $1, 1, i, w.who, now(), w.who, 1, i, 'tx ' || i
       FROM generate_series(1, 20000) i, LATERAL (SELECT CASE WHEN i <= 300 THEN $2 ELSE '0x' || md5(i::text) END AS who) w`,
    [place.collection, address],
  );
  await run(
    `INSERT INTO pass_purchase (id, user_id, chain_id, collection, tier_id, receiver, price_wei, price_millicredits, refund_millicredits, state, tx_hash)
     SELECT gen_random_uuid(), $1, 31337, $2, 1, $3, 1, 2, 1, 'captured', 'tx ' || 2 * i FROM generate_series(1, 150) i`,
    [userId, place.collection, address],
  );
  await run(
    `INSERT INTO deposit (chain_id, block_hash, tx_hash, ordinal, block_number, payer, memo, asset, amount, state, user_id, millicredits, at)
     SELECT 31337, 'of many ' || i, $2, 0, i, $2, 'memo', 'eth', 1, 'seen', $1, 1, now() FROM generate_series(1, 1000) i`,
    [userId, address],
  );
  await run('ANALYZE pass_token, pass_purchase, deposit', []);
  await owner.close();
  passNumber = 20_000n;
  await holdsPass(ben, anna.address);
  const began = performance.now();
  expect(await payersInCommon(anna, ben)).toBe(1);
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('however long the chain of wallets that have something in common, an alarm names so many and is judged by no more', async () => {
  const crowd = await Promise.all(Array.from({ length: 45 }, () => model.newPerson(10_000n)));
  const versesOf = (part: number) => Array.from({ length: 21 }, (_, i) => `line ${i} of part ${part} of a poem`);
  // Each has a part in common with the one before and with the next.
  for (const [i, { userId }] of crowd.entries()) await said([userId], [...versesOf(i), ...versesOf(i + 1)]);
  for (const actor of crowd) await model.make(actor, { prompt: `a line of their own, for the watch` });
  while ((await watchRuns(db)) > 0);
  const { alarms } = await getProtection(db, model.creator, model.slug);
  const linked = alarms.filter(({ kind }) => kind === 'linked');
  expect(linked.length).toBeGreaterThan(0);
  for (const { addresses, evidence } of linked) {
    expect(addresses.length).toBeLessThanOrEqual(32);
    expect(evidence).toMatchObject({ wallets: addresses.length });
  }
});
