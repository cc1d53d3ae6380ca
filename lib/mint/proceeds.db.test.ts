import { type Hex, parseEther } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { publicClient } from '@/lib/chain/client';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { findSent } from '@/lib/passes/pass-page';
import { sendCalls } from '@/lib/passes/testing/pass-fixture';
import { chainHandlers } from './chain-handlers';
import { issueVoucher } from './issue-voucher';
import { getMintProceeds, planMintWithdrawal } from './proceeds';
import { collector, MINT_PRICE_WEI, makeWork, publishOnTestChain, sendMint, type TestModel } from './testing/mint-fixture';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const { run: index } = createIndexer({ handlers: chainHandlers });
const CREATOR_WALLET = 8;
const nothing = { freeWei: '0', escrowedWei: '0', owedWei: '0' };
const paid = { ...nothing, freeWei: MINT_PRICE_WEI.toString() };
let model: TestModel;
let other: TestModel;
let anna: Actor;

async function mint({ version }: TestModel) {
  const call = await issueVoucher(db, anna, { workId: await makeWork(db, anna, version), label: 'Paid for' });
  expect(await sendMint(call, 1)).toMatchObject({ status: 'success' });
}
const balanceOf = ({ address }: { address: string }) => testChain.client.getBalance({ address: address as Hex });

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  model = await publishOnTestChain(db, 'proof');
  other = await publishOnTestChain(db, 'etching');
  anna = await collector(db, 1);
  await index(db);
});
afterAll(() => db.close());

test('before anything was minted there is nothing to take out, and nobody else’s is one’s own', async () => {
  const [first, second] = await getMintProceeds(db, model.creator);
  expect(first).toMatchObject({ collection: model.collection, models: [{ slug: 'proof' }], balance: nothing, takenWei: '0', withdrawals: [] });
  expect(second).toMatchObject({ collection: other.collection, models: [{ slug: 'etching' }], balance: nothing });
  await expect(planMintWithdrawal(db, model.creator, model)).rejects.toMatchObject({ code: 'nothing_to_withdraw' });
});

test('a mint pays into its collection; its creator takes it out to the wei, and it is listed; a reorg takes the line back', async () => {
  await mint(model);
  await mint(other);
  const [first] = await getMintProceeds(db, model.creator, 'proof');
  expect(first).toMatchObject({ collection: model.collection, balance: paid });
  const [before, had] = [await testChain.test.snapshot(), await balanceOf(model.creator)];

  const { calls, collection } = await planMintWithdrawal(db, model.creator, model);
  expect(calls).toMatchObject([{ to: model.collection, valueWei: '0', what: 'Sends what mints earned to your wallet' }]);
  const { hash, status } = await sendCalls(calls, CREATOR_WALLET);
  expect(status).toBe('success');
  const { gasUsed, effectiveGasPrice } = await testChain.client.getTransactionReceipt({ hash });
  expect((await balanceOf(model.creator)) - had + gasUsed * effectiveGasPrice).toBe(MINT_PRICE_WEI);

  expect(await findSent(db, hash)).toEqual({ seen: false, path: null });
  await index(db);
  expect(await findSent(db, hash)).toEqual({ seen: true, path: null });
  const [taken, untouched] = await getMintProceeds(db, model.creator);
  expect(taken).toMatchObject({ collection, balance: nothing, takenWei: MINT_PRICE_WEI.toString() });
  expect(taken?.withdrawals).toMatchObject([{ to: model.creator.address.toLowerCase(), wei: MINT_PRICE_WEI.toString(), txHash: hash }]);
  expect(untouched).toMatchObject({ collection: other.collection, balance: paid, takenWei: '0', withdrawals: [] });

  await testChain.test.revert({ id: before });
  await testChain.mine(3);
  await index(db);
  expect(await getMintProceeds(db, model.creator, 'proof')).toMatchObject([{ balance: paid, takenWei: '0', withdrawals: [] }]);
  expect(await findSent(db, hash)).toEqual({ seen: false, path: null });
});

test('a stranger sees nothing of it, is given no plan, and could not send one', async () => {
  expect(await getMintProceeds(db, anna)).toEqual([]);
  expect(await getMintProceeds(db, anna, 'proof')).toEqual([]);
  await expect(planMintWithdrawal(db, anna, model)).rejects.toMatchObject({ code: 'not_found' });
  const { calls } = await planMintWithdrawal(db, model.creator, model);
  expect(await sendCalls(calls, 1)).toMatchObject({ status: 'reverted' });
  expect(await getMintProceeds(db, model.creator, 'proof')).toMatchObject([{ balance: paid }]);
});

test('two withdrawals of a collection are both listed, newest first, with royalties that came in ETH', async () => {
  const royalty = parseEther('0.5');
  const first = await sendCalls((await planMintWithdrawal(db, model.creator, model)).calls, CREATOR_WALLET);
  await testChain.send(model.collection, '0x', royalty, 1);
  await testChain.mine();
  const second = await sendCalls((await planMintWithdrawal(db, model.creator, model)).calls, CREATOR_WALLET);
  await index(db);
  expect(await getMintProceeds(db, model.creator, 'proof')).toMatchObject([
    { balance: nothing, takenWei: (royalty + MINT_PRICE_WEI).toString(), withdrawals: [{ txHash: second.hash }, { txHash: first.hash }] },
  ]);
});

test('what a payout was named for goes there and nowhere else; what a stranger moves there of nothing is no line', async () => {
  const payout = testChain.wallet(5).account.address;
  const split = await publishOnTestChain(db, 'split', { payout });
  await mint(split);
  const had = await balanceOf({ address: payout });
  const { calls } = await planMintWithdrawal(db, split.creator, split);
  expect(calls).toMatchObject([{ what: `Sends what mints earned to ${payout}` }]);
  for (const wallet of [CREATOR_WALLET, 1]) expect(await sendCalls(calls, wallet)).toMatchObject({ status: 'success' });
  expect((await balanceOf({ address: payout })) - had).toBe(MINT_PRICE_WEI);
  await index(db);
  const [shown] = await getMintProceeds(db, split.creator, 'split');
  expect(shown?.withdrawals).toMatchObject([{ to: payout.toLowerCase(), wei: MINT_PRICE_WEI.toString() }]);
});

test('while the chain is away, that is said, what was taken out stays known, and no plan is made', async () => {
  const away = vi.spyOn(publicClient(), 'getBlockNumber').mockRejectedValue(new Error('no node'));
  const [shown] = await getMintProceeds(db, model.creator, 'proof');
  expect(shown).toMatchObject({ balance: null, withdrawals: { length: 2 } });
  await expect(planMintWithdrawal(db, model.creator, model)).rejects.toMatchObject({ code: 'chain_unavailable' });
  away.mockRestore();
});

test('a draft’s collection, which is only foreseen, is not asked about', async () => {
  await db.prisma.modelVersion.update({ where: { digest: other.version }, data: { publishedAt: null } });
  const shown = (await getMintProceeds(db, model.creator)).map(({ collection }) => collection);
  expect(shown).toContain(model.collection);
  expect(shown).not.toContain(other.collection);
  await expect(planMintWithdrawal(db, model.creator, other)).rejects.toMatchObject({ code: 'not_found' });
});
