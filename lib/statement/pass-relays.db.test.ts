import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { accountOf, openAccount } from '@/lib/credits/accounts';
import { captureHold, releaseHold } from '@/lib/credits/capture-hold';
import { creditCollector } from '@/lib/credits/credit-collector';
import { holdFinal } from '@/lib/credits/hold-final';
import { inTransaction, openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { seedPerson } from '@/prisma/seed/people';
import { listLines } from './list-lines';
import { listOpenHoldLines } from './list-open-holds';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const collection = `0x${'c1'.repeat(20)}`;
let anna: Actor;
let creator: Actor;

beforeAll(async () => {
  anna = await seedPerson(db, `0x${'a1'.repeat(20)}`);
  creator = await seedPerson(db, `0x${'a2'.repeat(20)}`);
  await inTransaction(db.pool, async (tx) => {
    const debit = await openAccount(tx, 'till_clearing', 'house');
    await creditCollector(tx, { ref: newId(), userId: anna.userId, bucket: 'onchain', debit, amountMillicredits: 100_000n, code: 'deposit' });
  });
  await db.prisma.passCollection.create({ data: { chainId: 31_337, address: collection, creatorId: creator.userId, base: 'https://x/' } });
  const terms = { label: 'Reader', priceWei: 1, durationSeconds: 0, refundWindowSeconds: 60, cap: 9, transferable: true, open: true, imageCid: 'b' };
  await db.prisma.passTier.create({ data: { chainId: 31_337, collection, tierId: 1, ...terms, sold: 1, issued: 1 } });
  const tokenId = 100_000_001n;
  const token = { tokenId, holder: anna.address, boughtAt: new Date(), payer: '0x1', priceWei: 1, blockNumber: 9n, txHash: '0xf1' };
  await db.prisma.passToken.create({ data: { id: `31337:${collection}:${tokenId}`, chainId: 31_337, collection, tierId: 1, ...token } });
});
afterAll(() => db.close());

async function purchase(end: { state: 'captured'; txHash: string } | { state: 'released'; error: string } | { state: 'open' }): Promise<string> {
  const id = newId();
  const [userId, amountMillicredits] = [anna.userId, 2_000n];
  const price = { receiver: anna.address, priceWei: 1, priceMillicredits: amountMillicredits, refundMillicredits: 1_500n };
  await inTransaction(db.pool, (tx) => holdFinal(tx, { id, userId, amountMillicredits }));
  await db.prisma.passPurchase.create({ data: { id, userId, chainId: 31_337, collection, tierId: 1, ...price, ...end } });
  const fee = await accountOf(db, 'relay_fee', 'house');
  if (end.state === 'captured')
    await captureHold(db.pool, { id, splits: [{ pending: fee, available: fee, amountMillicredits, code: 'relay_fee' }] }, 'relay');
  if (end.state === 'released') await releaseHold(db.pool, id);
  return id;
}

test('a statement says of passes that were bought with credits, returned, or could not be bought, what they were', async () => {
  const paid = await purchase({ state: 'captured', txHash: '0xf1' });
  await purchase({ state: 'released', error: 'pass_sold_out' });
  await purchase({ state: 'open' });
  await inTransaction(db.pool, async (tx) => {
    const debit = await openAccount(tx, 'relay_fee', 'house');
    const credit = {
      ref: newId(),
      userId: anna.userId,
      bucket: 'onchain',
      debit,
      amountMillicredits: 1_500n,
      code: 'relay_refund',
      about: paid,
    } as const;
    await creditCollector(tx, credit);
  });
  const about = { text: 'Reader', href: `/passes/${creator.address}/100000001` };
  expect((await listLines(db, anna, {})).lines).toMatchObject([
    { reason: 'Given back: the pass was returned', changeMillicredits: '1500', about },
    {
      reason: 'Pass could not be bought with credits; its hold was let go',
      about: { text: 'Reader', href: null },
      note: expect.stringContaining('sold'),
    },
    { reason: 'Pass bought with credits', changeMillicredits: '-2000', about },
    { code: 'deposit' },
  ]);
  expect((await listLines(db, anna, { kind: 'back' })).lines).toHaveLength(1);
  expect(await listOpenHoldLines(db, anna)).toMatchObject([{ text: 'Purchase of a pass: Reader', expiresAt: null, href: null }]);
});

test('and of those that were renewed, which pass it was', async () => {
  const [id, userId, amountMillicredits] = [newId(), anna.userId, 3_000n];
  await inTransaction(db.pool, (tx) => holdFinal(tx, { id, userId, amountMillicredits }));
  const about = { passId: `31337:${collection}:100000001`, times: 2, holder: anna.address, priceWei: 2, priceMillicredits: amountMillicredits };
  await db.prisma.passRenewal.create({ data: { id, userId, chainId: 31_337, collection, ...about } });
  const href = `/passes/${creator.address}/100000001`;
  expect((await listOpenHoldLines(db, anna)).at(-1)).toMatchObject({ text: 'Renewal of a pass: Reader', expiresAt: null, href });
  await releaseHold(db.pool, id);
  await db.prisma.passRenewal.update({ where: { id }, data: { state: 'released', error: 'pass_price_changed' } });
  expect((await listLines(db, anna, {})).lines[0]).toMatchObject({
    reason: 'Pass could not be renewed with credits; its hold was let go',
    about: { text: 'Reader', href },
    note: expect.stringContaining('price'),
  });
});
