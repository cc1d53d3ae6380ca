import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openAccount } from '@/lib/credits/accounts';
import { postTransfer } from '@/lib/credits/post-transfer';
import { auditBooks, getBalance } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { getEarnings } from '@/lib/payouts/get-earnings';
import { getProtection } from './queries';
import { refundRuns } from './refund-runs';
import { watchedModel } from './testing/watched-model';

const db = openDatabase(process.env.DATABASE_URL ?? '');
let model: Awaited<ReturnType<typeof watchedModel>>;
let actor: Actor;
beforeEach(async () => {
  model = await watchedModel(db);
  actor = await model.newPerson(10_000n);
});
afterAll(async () => {
  // One test lets earnings go as a payout does, without one.
  expect((await auditBooks(db)).filter(({ what }) => what !== 'ledger without a payout')).toEqual([]);
  await db.close();
});
const sealed = async (count: number) => {
  const ids = await model.make(actor, { count });
  await db.pool.query('UPDATE work SET sealed_at = now() WHERE id = ANY ($1)', [ids]);
  return ids;
};
const available = async () => (await getBalance(db, actor)).availableMillicredits;
const refund = (runs: number, id = newId()) => refundRuns(db, model.creator, { id, model: model.slug, address: actor.address, runs });

test('the last runs are given back, the creator’s share of each and no more, and the works stay', async () => {
  await sealed(3);
  expect(await available()).toBe('4000');
  expect(await refund(2)).toEqual({ refunded: 2 });
  // A run is 2 credits; a tenth of it is the platform’s.
  expect(await available()).toBe('7600');
  expect(await db.prisma.work.count({ where: { ownerId: actor.userId, refundedAt: null } })).toBe(3);
  const { steps } = await getProtection(db, model.creator, model.slug);
  expect(steps).toMatchObject([{ kind: 'refunded', address: actor.address, refundedMillicredits: '3600' }]);
});

test('asked twice, also at the same moment, it is one refund; and no run is given back twice', async () => {
  await sealed(3);
  const id = newId();
  await Promise.all([refund(2, id), refund(2, id)]);
  await refund(2, id);
  expect(await available()).toBe('7600');
  expect(await refund(50)).toEqual({ refunded: 1 });
  expect(await refund(50)).toEqual({ refunded: 0 });
  expect(await available()).toBe('9400');
});

test('asked again later it gives back no run that was made meanwhile, and for anything else under its id it is a conflict', async () => {
  await sealed(2);
  const id = newId();
  expect(await refund(3, id)).toEqual({ refunded: 2 });
  await sealed(1);
  expect(await refund(3, id)).toEqual({ refunded: 2 });
  await expect(refund(4, id)).rejects.toMatchObject({ code: 'conflict' });
});

test('what was paid out already is not the house’s loss: it is refused, and nothing moves', async () => {
  await sealed(1);
  const owner = model.creator.userId;
  const { rows } = await db.pool.query<{ id: string; amount: string }>(
    `SELECT credit_id AS id, amount FROM ledger.transfer t JOIN ledger.account a ON a.id = t.credit_id WHERE t.code = 'run_creator' AND a.owner = $1`,
    [owner],
  );
  const away = await openAccount(db.pool, 'payout_clearing', newId());
  for (const { id, amount } of rows)
    await postTransfer(db.pool, { ref: newId(), debit: BigInt(id), credit: away, amountMillicredits: BigInt(amount), code: 'payout' });
  await expect(refund(1)).rejects.toMatchObject({ code: 'insufficient_earnings' });
  expect(await available()).toBe('8000');
  expect(await db.prisma.protectionRefund.count({ where: { step: { modelId: model.modelId } } })).toBe(0);
  expect((await getEarnings(db, model.creator)).availableMillicredits).toBe('0');
});

test('an unsealed work is left to its own refund, and nobody refunds runs of somebody else’s model', async () => {
  await model.make(actor);
  expect(await refund(5)).toEqual({ refunded: 0 });
  await expect(refundRuns(db, actor, { id: newId(), model: model.slug, address: actor.address, runs: 1 })).rejects.toMatchObject({
    code: 'not_found',
  });
});
