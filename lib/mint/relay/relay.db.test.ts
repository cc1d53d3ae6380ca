import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { MAX_RELAYED_PRICE_WEI } from '@/lib/credits/price-relay';
import { auditBooks, getBalance, listStatement } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { houseKey, platformSigner } from '@/lib/keys/sealed-keys';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { chainHandlers } from '../chain-handlers';
import { issueVoucher } from '../issue-voucher';
import { getMintStatus } from '../queries';
import { requestVoucher } from '../request-voucher';
import { collector, MINT_PRICE_WEI, makeWork, publishOnTestChain, sendMint, type TestModel } from '../testing/mint-fixture';
import { bookFloat, createTurns, fundRelayer, giveFinalCredits, gweiOf } from '../testing/relay-fixture';
import { getRelay } from './queries';
import { quoteRelay } from './quote-relay';
import { openRelayQuote, sealRelayQuote } from './relay-quote';
import { startRelay } from './start-relay';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const label = 'Without gas';
const turn = createTurns(db);
const { run } = createIndexer({ handlers: chainHandlers });
let model: TestModel;
/** Has credits and no ETH: an address that nobody holds the key of. */
let anna: Actor;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  model = await publishOnTestChain(db);
  anna = await seedPerson(db, '0x00000000000000000000000000000000000000d7');
  await giveFinalCredits(db, anna, 10_000_000n);
  await fundRelayer(db);
});
afterEach(async () => expect(await auditBooks(db)).toEqual([]));
afterAll(() => db.close());

async function relayed(actor = anna) {
  const workId = await makeWork(db, actor, model.version);
  const { token, priceMillicredits } = await quoteRelay(db, actor, { workId });
  const { id } = await startRelay(db, actor, { token, label });
  return { workId, token, id, price: BigInt(priceMillicredits) };
}
const onchain = async (actor = anna) => BigInt((await getBalance(db, actor)).byBucket.onchain);
const held = async () => BigInt((await getBalance(db, anna)).heldMillicredits);
const stepOf = async (workId: string, actor = anna) => (await getRelay(db, actor, workId))?.step;

describe('a mint with credits', () => {
  test('is sent by the house, goes to the collector, and is paid when it is safe', async () => {
    const before = await onchain();
    const [float, spent] = [await gweiOf(db, 'relayer_float'), await gweiOf(db, 'gas_spent')];
    const { workId, id, price } = await relayed();
    expect([await onchain(), await held(), await stepOf(workId)]).toEqual([before - price, price, 'waiting']);
    await turn();
    expect(await stepOf(workId)).toBe('sent');
    await testChain.mine();
    await turn();
    expect(await stepOf(workId)).toBe('seen');
    await testChain.mine(2);
    await turn();
    expect([await stepOf(workId), await onchain(), await held()]).toEqual(['safe', before - price, 0n]);
    await run(db);
    const token = await db.prisma.token.findFirstOrThrow({
      where: { receiptDigest: (await db.prisma.work.findUniqueOrThrow({ where: { id: workId } })).receiptDigest },
    });
    expect(token).toMatchObject({ owner: anna.address, minter: anna.address });
    expect(await getMintStatus(db, anna, workId)).toMatchObject({ state: 'minted', label });
    const [line] = (await listStatement(db, anna)).entries;
    expect(line).toMatchObject({ code: 'relay', ref: id, changeMillicredits: (-price).toString() });
    // What it cost is in the books of the ETH, to the gwei, and the quote covered it.
    const { costWei, maxGas } = await db.prisma.chainTransaction.findFirstOrThrow({ where: { ref: id } });
    expect(maxGas).toBeGreaterThan(400_000n);
    const gwei = (BigInt(costWei?.toFixed() ?? 0) + 999_999_999n) / 1_000_000_000n;
    expect([await gweiOf(db, 'relayer_float'), await gweiOf(db, 'gas_spent')]).toEqual([float - gwei, spent + gwei]);
    expect(gwei * 1_000_000_000n).toBeGreaterThan(MINT_PRICE_WEI);
    expect(price * 10n ** 18n).toBeGreaterThan(BigInt(costWei?.toFixed() ?? 0) * 250_000n * 1000n);
  });

  test('is one, however often its quote is accepted, at once or later', async () => {
    const workId = await makeWork(db, anna, model.version);
    const [first, second] = [await quoteRelay(db, anna, { workId }), await quoteRelay(db, anna, { workId })];
    const before = await onchain();
    const ids = await Promise.all(Array.from({ length: 5 }, () => startRelay(db, anna, { token: first.token, label })));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
    await expect(startRelay(db, anna, { token: second.token, label })).rejects.toMatchObject({ code: 'relay_under_way' });
    await expect(requestVoucher(db, anna, { workId, label })).rejects.toMatchObject({ code: 'relay_under_way' });
    expect(await onchain()).toBe(before - BigInt(first.priceMillicredits));
    await turn();
    await testChain.mine(3);
    await turn();
    await turn();
    expect(await startRelay(db, anna, { token: first.token, label })).toEqual(ids[0]);
    expect(await stepOf(workId)).toBe('safe');
  });

  test('is not sold for a mint price that the house does not send', async () => {
    const workId = await makeWork(db, anna, model.version);
    await db.prisma.generation.update({ where: { id: workId }, data: { mintPriceWei: MAX_RELAYED_PRICE_WEI.toString() } });
    await expect(quoteRelay(db, anna, { workId })).resolves.toMatchObject({ mintPriceWei: MAX_RELAYED_PRICE_WEI.toString() });
    await db.prisma.generation.update({ where: { id: workId }, data: { mintPriceWei: (MAX_RELAYED_PRICE_WEI + 1n).toString() } });
    await expect(quoteRelay(db, anna, { workId })).rejects.toMatchObject({ code: 'relay_too_dear' });
  });

  test('takes no credits that can be charged back or were given', async () => {
    const ben = await collector(db, 2);
    await grantCredits(db, ben, 10_000_000n);
    const workId = await makeWork(db, ben, model.version);
    const { token, spendableMillicredits } = await quoteRelay(db, ben, { workId });
    expect(spendableMillicredits).toBe('0');
    await expect(startRelay(db, ben, { token, label })).rejects.toMatchObject({ code: 'insufficient_final_credits' });
    expect(await getRelay(db, ben, workId)).toBeNull();
    expect(await db.prisma.chainTransaction.count({ where: { state: 'queued' } })).toBe(0);
  });

  test('is refused to others, with a quote that was changed, and after its time', async () => {
    const workId = await makeWork(db, anna, model.version);
    const ben = await collector(db, 2);
    await expect(quoteRelay(db, ben, { workId })).rejects.toMatchObject({ code: 'not_found' });
    const { token } = await quoteRelay(db, anna, { workId });
    for (const [actor, given] of [
      [ben, token],
      [anna, `${token}x`],
    ] as const)
      await expect(startRelay(db, actor, { token: given, label })).rejects.toMatchObject({ code: 'quote_invalid' });
    const late = sealRelayQuote({ ...openRelayQuote(token, anna), expiresAtMs: Date.now() - 1 });
    await expect(startRelay(db, anna, { token: late, label })).rejects.toMatchObject({ code: 'quote_expired' });
  });
});

describe('a mint with credits that does not come about', () => {
  test('gives the credits back when the collector has minted the work meanwhile', async () => {
    const cara = await collector(db, 3);
    await giveFinalCredits(db, cara, 1_000_000n);
    const workId = await makeWork(db, cara, model.version);
    const call = await issueVoucher(db, cara, { workId, label });
    const { token } = await quoteRelay(db, cara, { workId });
    const before = await onchain(cara);
    await startRelay(db, cara, { token, label });
    expect(await sendMint(call, 3)).toMatchObject({ status: 'success' });
    await turn();
    expect([await stepOf(workId, cara), await onchain(cara)]).toEqual(['failed', before]);
    const { nonce } = await db.prisma.chainTransaction.findFirstOrThrow({ where: { purpose: 'relay-mint' }, orderBy: { createdAt: 'desc' } });
    expect(nonce).toBeNull();
    await run(db);
  });

  test('gives the credits back when it reverts in its block, and its gas is the house’s', async () => {
    const cara = await collector(db, 3);
    const workId = await makeWork(db, cara, model.version);
    const call = await issueVoucher(db, cara, { workId, label });
    const { token } = await quoteRelay(db, cara, { workId });
    const before = await onchain(cara);
    await startRelay(db, cara, { token, label });
    const spent = await gweiOf(db, 'gas_spent');
    await turn();
    expect(await stepOf(workId, cara)).toBe('sent');
    // The collector's own goes first: it pays more for its place in the same block.
    const { collection: to, data, valueWei } = call;
    await testChain
      .wallet(3)
      .sendTransaction({ to, data, value: BigInt(valueWei), gas: 1_000_000n, maxPriorityFeePerGas: 50_000_000_000n, maxFeePerGas: 90_000_000_000n });
    await testChain.mine(5);
    await turn();
    await turn();
    expect([await stepOf(workId, cara), await onchain(cara)]).toEqual(['failed', before]);
    expect(await gweiOf(db, 'gas_spent')).toBeGreaterThan(spent);
    await run(db);
  });

  test('signs its voucher anew when it waited longer than a voucher lives', async () => {
    const { workId } = await relayed();
    await testChain.test.increaseTime({ seconds: 3600 });
    await testChain.mine();
    await run(db);
    await turn();
    await testChain.mine(5);
    await turn();
    await turn();
    expect(await stepOf(workId)).toBe('safe');
  });
});

test('the books hold what ETH the relayer has, to the gwei, however it was given', async () => {
  const { signer } = await houseKey(db, 'relayer');
  await testChain.wallet(5).sendTransaction({ to: signer.address, value: 123_456_789_000_000_000n });
  await testChain.mine(4);
  await Promise.all([bookFloat(db), bookFloat(db)]);
  const have = await testChain.client.getBalance({ address: signer.address });
  expect(await gweiOf(db, 'relayer_float')).toBe(have / 1_000_000_000n);
});
