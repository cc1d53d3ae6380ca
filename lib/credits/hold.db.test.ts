import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { openAccount, openPurse } from './accounts';
import { captureHold } from './capture-hold';
import { freezeSpending } from './freeze-spending';
import { createHolder, holdCredits } from './hold-credits';
import { openTestBooks, someone } from './testing/test-books';

const books = openTestBooks();
const { give, hold, lot, legs } = books;
const days = (n: number) => new Date(Date.now() + n * 86_400_000);
afterAll(() => books.close());
afterEach(async () => expect(await books.audit()).toEqual([]));

describe('a hold sets credits aside', () => {
  test('from bonus lots first, the first to expire first, then from the oldest lot', async () => {
    const user = someone();
    const bought = await give(user, 'purchased', 100n);
    const late = await give(user, 'bonus', 10n, { expiresAt: days(9) });
    const never = await give(user, 'bonus', 10n);
    const soon = await give(user, 'bonus', 10n, { expiresAt: days(2) });
    const deposited = await give(user, 'onchain', 100n);
    const order = [
      [soon, 10],
      [late, 10],
      [never, 10],
      [bought, 100],
      [deposited, 5],
    ];
    expect(await legs(await hold(user, 135n))).toEqual(order);
    expect(await lot(deposited)).toMatchObject({ free: 95, held: 5, posted: 100 });
    expect(await legs(await hold(user, 95n))).toEqual([[deposited, 95]]);
  });

  test('only from what cannot be charged back, where that is asked for', async () => {
    const user = someone();
    await give(user, 'bonus', 50n);
    await give(user, 'purchased', 50n);
    const deposited = await give(user, 'onchain', 30n);
    expect(await legs(await hold(user, 20n, { spendable: 'final' }))).toEqual([[deposited, 20]]);
    await expect(hold(user, 11n, { spendable: 'final' })).rejects.toMatchObject({ code: 'insufficient_credits' });
    await hold(user, 100n);
  });

  test('not from a bonus that has expired, though nobody swept it yet', async () => {
    const user = someone();
    await give(user, 'bonus', 50n, { expiresAt: days(-1) });
    await expect(hold(user, 1n)).rejects.toMatchObject({ code: 'insufficient_credits' });
  });

  test('all of it or nothing', async () => {
    const user = someone();
    const bought = await give(user, 'purchased', 100n);
    await expect(hold(user, 101n)).rejects.toMatchObject({ code: 'insufficient_credits' });
    expect(await lot(bought)).toMatchObject({ free: 100, held: 0 });
    await expect(hold(someone(), 1n)).rejects.toMatchObject({ code: 'insufficient_credits' });
  });

  test('once for each id: the same again is a replay, another amount or collector a conflict', async () => {
    const [user, other] = [someone(), someone()];
    const bought = await give(user, 'purchased', 100n);
    await give(other, 'purchased', 100n);
    const terms = { id: newId(), userId: user, amountMillicredits: 60n, ttlSeconds: 900 };
    expect(await holdCredits(books.pool, terms)).toBe('ok');
    expect(await holdCredits(books.pool, terms)).toBe('replay');
    await expect(holdCredits(books.pool, { ...terms, amountMillicredits: 61n })).rejects.toMatchObject({ code: 'conflict' });
    await expect(holdCredits(books.pool, { ...terms, userId: other })).rejects.toMatchObject({ code: 'conflict' });
    await captureHold(books.pool, { id: terms.id, splits: [await books.fee(60n)] }, 'run');
    expect(await holdCredits(books.pool, terms)).toBe('replay');
    expect(await lot(bought)).toMatchObject({ free: 40, held: 0 });
  });

  test('not while spending is frozen, whatever for; lifting one reason leaves the other', async () => {
    const user = someone();
    await give(user, 'purchased', 100n);
    const before = { id: newId(), userId: user, amountMillicredits: 10n, ttlSeconds: 900 };
    await holdCredits(books.pool, before);
    const [dispute, debt] = [newId(), newId()];
    for (const ref of [dispute, debt, debt]) await books.within((tx) => freezeSpending(tx, { userId: user, ref, on: true }));
    await expect(hold(user, 1n)).rejects.toMatchObject({ code: 'spending_frozen' });
    expect(await holdCredits(books.pool, before)).toBe('replay');
    await books.within((tx) => freezeSpending(tx, { userId: user, ref: dispute, on: false }));
    await expect(hold(user, 1n)).rejects.toMatchObject({ code: 'spending_frozen' });
    await books.within((tx) => freezeSpending(tx, { userId: user, ref: debt, on: false }));
    await hold(user, 1n);
  });

  test('not when spending is frozen by a transaction that it has waited for', async () => {
    const user = someone();
    const sub = await give(user, 'purchased', 100n);
    const [purse, account] = [await openPurse(books.pool, user), await openAccount(books.pool, 'collector_purchased', user, { sub })];
    const asked = await books.within(async (tx) => {
      await tx.query('SELECT ledger.lock_accounts($1)', [[account]]);
      await tx.query('SELECT ledger.set_freeze($1, $2, true)', [purse, newId()]);
      const late = hold(user, 1n).then(
        () => 'held',
        (error) => error.code,
      );
      await books.untilSomeoneWaits();
      return { late };
    });
    expect(await asked.late).toBe('spending_frozen');
  });

  test('of nothing or less is refused', async () => {
    const user = someone();
    const bought = await give(user, 'purchased', 100n);
    for (const amount of [0n, -1n]) await expect(hold(user, amount)).rejects.toThrow();
    expect(await lot(bought)).toMatchObject({ free: 100, held: 0 });
  });
});

describe('holds asked for together', () => {
  test('are answered as if they came one after the other', async () => {
    const [user, other] = [someone(), someone()];
    await give(user, 'bonus', 10n);
    await give(user, 'purchased', 20n);
    await give(other, 'onchain', 5n);
    const call = createHolder(books.db, { ttlSeconds: 900 });
    const same = newId();
    const asked: [string, string, bigint][] = [
      [newId(), user, 5n],
      [same, user, 12n],
      [newId(), other, 6n],
      [newId(), user, 1000n],
      [same, user, 12n],
      [newId(), user, 13n],
      [newId(), other, 5n],
      [newId(), user, 1n],
      [same, user, 1n],
    ];
    const answers = await Promise.all(
      asked.map(([id, userId, amountMillicredits]) => call({ id, userId, amountMillicredits }).catch((error) => error.code)),
    );
    expect(answers).toEqual(['ok', 'ok', 'insufficient_credits', 'insufficient_credits', 'replay', 'ok', 'ok', 'insufficient_credits', 'conflict']);
  });

  test('under one id are one hold: the first that was asked for', async () => {
    const user = someone();
    await give(user, 'purchased', 1000n);
    const call = createHolder(books.db, { ttlSeconds: 900 });
    for (let i = 0; i < 10; i++) {
      const [busy, id] = [newId(), newId()];
      const ask = (amount: bigint, of = id) => call({ id: of, userId: user, amountMillicredits: amount }).catch((error) => error.code);
      expect(await Promise.all([ask(1n, busy), ask(12n), ask(1n), ask(12n), ask(20n)])).toEqual(['ok', 'ok', 'conflict', 'replay', 'conflict']);
      expect((await legs(id))[0]?.[1]).toBe(12);
    }
  });

  test('take nothing when they were held before, so that the next one starts with the first lot', async () => {
    const user = someone();
    const [bonus, bought] = [await give(user, 'bonus', 30n), await give(user, 'purchased', 100n)];
    const purse = await openPurse(books.pool, user);
    const before = await hold(user, 20n);
    const next = newId();
    await books.pool.query('SELECT ledger.hold_set($1, $2, $3, $4)', [[before, next], [purse, purse], [20, 15], '1 min']);
    expect(await legs(next)).toEqual([
      [bonus, 10],
      [bought, 5],
    ]);
  });

  test('of one call share the lots without a gap: each takes where the one before ended', async () => {
    const user = someone();
    const lots = [await give(user, 'purchased', 7n), await give(user, 'purchased', 7n), await give(user, 'purchased', 7n)];
    const purse = await openPurse(books.pool, user);
    const ids = [newId(), newId(), newId(), newId()];
    const { rows } = await books.pool.query('SELECT ledger.hold_set($1, $2, $3, $4)::text[] AS statuses', [
      ids,
      ids.map(() => purse),
      [5, 5, 10, 1],
      '1 min',
    ]);
    expect(rows).toEqual([{ statuses: ids.map(() => 'ok') }]);
    expect(await Promise.all(ids.map(legs))).toEqual([
      [[lots[0], 5]],
      [
        [lots[0], 2],
        [lots[1], 3],
      ],
      [
        [lots[1], 4],
        [lots[2], 6],
      ],
      [[lots[2], 1]],
    ]);
  });
});
