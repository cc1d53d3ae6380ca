import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { loadVersion } from '@/lib/models/load-version';
import { isReceipt, whatFails } from '@/lib/protocol/testing/check-receipt-file';
import { verifyToken } from '@/lib/provenance/verify-token';
import { storage } from '@/lib/storage/storage';
import { getLineage } from '@/lib/works/get-lineage';
import { getWork } from '@/lib/works/get-work';
import { parentsOf } from '@/lib/works/parents-of';
import { listGallery, listMyWorks, loadCards } from '@/lib/works/queries';
import { readReceipt } from '@/lib/works/read-receipt';
import { shareWork } from '@/lib/works/share-work';
import { listTakedowns } from '@/lib/works/takedowns/list-takedowns';
import { putBackWork } from '@/lib/works/takedowns/put-back-work';
import { takeDownWork } from '@/lib/works/takedowns/take-down-work';
import { seedPerson } from '@/prisma/seed/people';
import { chainHandlers } from './chain-handlers';
import { issueVoucher } from './issue-voucher';
import { findPublicFile } from './public-file';
import { collector, makeWork, publishOnTestChain, sendMint, type TestModel } from './testing/mint-fixture';

const OPERATOR = '0x00000000000000000000000000000000000000aa';
vi.stubEnv('OPERATOR_ADDRESSES', OPERATOR);

const db = openDatabase(process.env.DATABASE_URL ?? '');
let model: TestModel;
let [anna, operator] = [] as unknown as [Actor, Actor];
const label = 'Third state';

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  model = await publishOnTestChain(db);
  [anna, operator] = [await collector(db, 1), await seedPerson(db, OPERATOR)];
});
afterAll(() => db.close());

async function mint() {
  const workId = await makeWork(db, anna, model.version);
  const { hash } = await sendMint(await issueVoucher(db, anna, { workId, label }), 1);
  await createIndexer({ handlers: chainHandlers }).run(db);
  return { workId, hash, voucher: await db.prisma.voucher.findUniqueOrThrow({ where: { workId } }) };
}

test('the receipt of a minted work names its token, whose id follows from the metadata in it', async () => {
  const { workId, hash, voucher } = await mint();
  const { file } = await readReceipt(db, null, workId);
  expect([isReceipt(file), isReceipt.errors, await whatFails(file)]).toEqual([true, null, null]);
  expect(file.token).toMatchObject({ tokenId: voucher.tokenId, imageCid: voucher.imageCid, mintTransaction: hash });
});

test('a takedown takes the token’s file off our servers and leaves its metadata, its receipt and what can be verified', async () => {
  const { workId, voucher } = await mint();
  const receipt = await readReceipt(db, null, workId);
  await takeDownWork(db, operator, { work: workId, reason: 'a copied picture' });
  expect(await findPublicFile(db, voucher.imageCid)).toBeNull();
  expect(await findPublicFile(db, voucher.metadataCid)).toMatchObject({ type: 'application/json' });
  expect(await readReceipt(db, null, workId)).toEqual(receipt);
  expect(await verifyToken(db, { collection: model.collection, tokenId: voucher.tokenId as `0x${string}` })).toMatchObject({ verdict: 'verified' });
  await putBackWork(db, operator, { workId });
  expect(await findPublicFile(db, voucher.imageCid)).toMatchObject({ type: 'image/png' });
});

test('until a token is minted, what it will be called is its owner’s to know, wherever the work is shown', async () => {
  const workId = await makeWork(db, anna, model.version);
  await issueVoucher(db, anna, { workId, label: 'A title for later' });
  await shareWork(db, anna, { id: workId, shared: true });
  const child = await makeWork(db, anna, model.version);
  await db.prisma.generation.update({ where: { id: child }, data: { parentWorkId: workId } });
  await shareWork(db, anna, { id: child, shared: true });
  const seenBy = async (actor: Actor | null) =>
    JSON.stringify([
      await getWork(db, actor, workId),
      await getWork(db, actor, child),
      await getLineage(db, actor, child),
      actor ? await listMyWorks(db, actor) : await listGallery(db),
      [...(await loadCards(db, [workId])).values()],
      await parentsOf(db, { parentWorkId: workId, paramsText: '{}' }, await loadVersion(db, model.version)),
    ]).match(/A title for later/g)?.length ?? 0;
  expect([await seenBy(null), await seenBy(operator)]).toEqual([0, 0]);
  expect(await seenBy(anna)).toBeGreaterThanOrEqual(4);
});

test('a voucher given out before a takedown stays good on the chain; operators see for how long, until it is over or used', async () => {
  const workId = await makeWork(db, anna, model.version);
  const call = await issueVoucher(db, anna, { workId, label });
  await takeDownWork(db, operator, { work: workId, reason: 'a copied picture' });
  const voucherNow = async () => (await listTakedowns(db, operator)).find((one) => one.workId === workId)?.voucher;
  const shown = await voucherNow();
  expect(shown?.until).toBe(new Date(call.deadline * 1000).toISOString());
  expect(Math.abs((shown?.leftMs ?? 0) - (call.deadline * 1000 - Date.now()))).toBeLessThan(60_000);
  const { aliveUntil } = await db.prisma.voucher.findUniqueOrThrow({ where: { workId } });
  const over = (ms: number) => db.prisma.voucher.update({ where: { workId }, data: { aliveUntil: new Date(Date.now() - ms) } });
  // The chain's clock decides, and may be behind ours.
  await over(1_000);
  expect((await voucherNow())?.leftMs).toBeLessThan(0);
  await over(301_000);
  expect(await voucherNow()).toBeNull();
  await db.prisma.voucher.update({ where: { workId }, data: { aliveUntil } });
  expect(await sendMint(call, 1)).toMatchObject({ status: 'success' });
  await createIndexer({ handlers: chainHandlers }).run(db);
  expect(await voucherNow()).toBeNull();
  await putBackWork(db, operator, { workId });
});

test('a work that was taken down gets no voucher', async () => {
  const workId = await makeWork(db, anna, model.version);
  await takeDownWork(db, operator, { work: workId, reason: 'a copied picture' });
  await expect(issueVoucher(db, anna, { workId, label })).rejects.toMatchObject({ code: 'taken_down' });
  await putBackWork(db, operator, { workId });
  await issueVoucher(db, anna, { workId, label });
});

test('nor does one that is taken down while its file is sealed', async () => {
  const workId = await makeWork(db, anna, model.version);
  const store = storage();
  const { put } = store;
  store.put = async (bytes) => {
    store.put = put;
    await takeDownWork(db, operator, { work: workId, reason: 'a copied picture' });
    return put(bytes);
  };
  await expect(issueVoucher(db, anna, { workId, label })).rejects.toMatchObject({ code: 'taken_down' });
  expect((await db.prisma.voucher.findUniqueOrThrow({ where: { workId } })).aliveUntil).toBeNull();
});
