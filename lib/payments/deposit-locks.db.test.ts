import type { PoolClient } from 'pg';
import { afterAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openAccount, openPurse } from '@/lib/credits/accounts';
import { captureHold } from '@/lib/credits/capture-hold';
import { holdCredits } from '@/lib/credits/hold-credits';
import { lockCollectors } from '@/lib/credits/lock-collectors';
import { auditBooks, getBalance } from '@/lib/credits/queries';
import { refundCapture } from '@/lib/credits/refund-capture';
import { inTransaction, openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { seedPerson } from '@/prisma/seed/people';
import { dueDeposits } from './credit-deposits';
import { reverseDeposits } from './reverse-deposits';

const CHAIN = 31_337;
const db = openDatabase(process.env.DATABASE_URL ?? '');
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await db.close();
});

const newcomer = () => seedPerson(db, `0x${newId().replaceAll('-', '').padStart(40, '0')}`);
const hex = () => `0x${newId().replaceAll('-', '').padStart(64, '0')}`;
const seen = ({ userId, address }: Actor, blockNumber: bigint, millicredits = 500_000n) =>
  db.prisma.deposit.create({
    data: {
      ...{ chainId: CHAIN, blockHash: hex(), txHash: hex(), ordinal: 0, blockNumber, payer: address, memo: hex(), asset: 'eth', amount: 1, userId },
      ...{ state: 'seen', millicredits, at: new Date() },
    },
  });

/** As the indexer does it. */
async function credit(tx: PoolClient, confirmedUpTo: bigint): Promise<void> {
  const due = await dueDeposits(tx, CHAIN, confirmedUpTo);
  if (due) await lockCollectors(tx, due.owners, due.accounts);
  await due?.post();
}

/** Runs `work` while a transaction has the first purse, and then wants the second, as a capture of both collectors does. */
async function besideCapture([first, second]: [Actor, Actor], work: () => Promise<unknown>): Promise<void> {
  const [low, high] = [await openPurse(db.pool, first.userId), await openPurse(db.pool, second.userId)];
  expect(low).toBeLessThan(high);
  let done: Promise<unknown> = Promise.resolve();
  await inTransaction(db.pool, async (tx) => {
    const lock = (purse: bigint) => tx.query(`SELECT FROM ledger.lock_lots($1, NULL, '{}', '{}')`, [purse]);
    await lock(low);
    done = work();
    await expect.poll(async () => (await db.pool.query('SELECT FROM pg_locks WHERE NOT granted')).rowCount, { timeout: 10_000 }).toBeGreaterThan(0);
    await tx.query(`SET LOCAL lock_timeout = '2s'`);
    await lock(high);
  });
  await done;
}

test('a batch of payments, credited and taken back, is in the way of no capture, whatever the order of their blocks', async () => {
  const collectors: [Actor, Actor] = [await newcomer(), await newcomer()];
  for (const { userId } of collectors) await openPurse(db.pool, userId);
  await seen(collectors[1], 10n);
  await seen(collectors[0], 11n);
  await besideCapture(collectors, () => inTransaction(db.pool, (tx) => credit(tx, 11n)));
  const held = async () => Promise.all(collectors.map(async (actor) => (await getBalance(db, actor)).availableMillicredits));
  expect(await held()).toEqual(['500000', '500000']);
  await besideCapture(collectors, () => inTransaction(db.pool, (tx) => reverseDeposits(tx, CHAIN, 9n)));
  expect(await held()).toEqual(['0', '0']);
});

test('small payments to a shared lot that is spent wait for it before they have the purse: a refund to that lot waits for the purse', async () => {
  const actor = await newcomer();
  const pay = async (block: bigint) => {
    await seen(actor, block, 2_000n);
    await inTransaction(db.pool, (tx) => credit(tx, block));
  };
  await pay(20n);
  const [id, fee] = [newId(), await openAccount(db.pool, 'platform_fee', 'house')];
  await holdCredits(db.pool, { id, userId: actor.userId, amountMillicredits: 2_000n, ttlSeconds: 60 });
  await captureHold(db.pool, { id, splits: [{ pending: fee, available: fee, amountMillicredits: 2_000n, code: 'run_fee' }] }, 'run');
  const { rows } = await db.pool.query<{ id: string }>(`SELECT id FROM ledger.account WHERE kind = 'collector_onchain' AND owner = $1`, [
    actor.userId,
  ]);
  let paid: Promise<void> = Promise.resolve();
  await inTransaction(db.pool, async (tx) => {
    await tx.query('SELECT ledger.lock_accounts($1)', [rows.map((row) => row.id)]);
    paid = pay(21n);
    await expect.poll(async () => (await db.pool.query('SELECT FROM pg_locks WHERE NOT granted')).rowCount, { timeout: 10_000 }).toBeGreaterThan(0);
    await tx.query(`SET LOCAL lock_timeout = '2s'`);
    await refundCapture(tx, { capture: id, ref: newId() });
  });
  await paid;
  expect(await getBalance(db, actor)).toMatchObject({ availableMillicredits: '4000' });
});
