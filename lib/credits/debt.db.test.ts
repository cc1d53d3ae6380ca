import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { openAccount } from './accounts';
import { freezeSpending } from './freeze-spending';
import { getBalance, listStatement } from './queries';
import { type TakeBack, takeBack } from './take-back';
import { actorOf, openTestBooks, someone } from './testing/test-books';

const books = openTestBooks();
const { give, hold, lot, capture, fee, within } = books;
const till = () => openAccount(books.pool, 'till_clearing', 'house');
const owedBy = async (user: string) => Number((await getBalance(books.db, actorOf(user))).owedMillicredits);
const frozen = async (user: string) => (await getBalance(books.db, actorOf(user))).frozen;
const take = async (userId: string, amountMillicredits: bigint, more: Partial<TakeBack> = {}) => {
  const credit = await till();
  const buckets: TakeBack['buckets'] = ['onchain', 'purchased'];
  return within((tx) => takeBack(tx, { ref: newId(), userId, buckets, credit, amountMillicredits, code: 'deposit_reversal', ...more }));
};
afterAll(() => books.close());
afterEach(async () => expect(await books.audit()).toEqual([]));

describe('credits taken back', () => {
  test('come from the named lot first, then from the oldest of the named kinds', async () => {
    const user = someone();
    const [oldest, named, bonus] = [await give(user, 'onchain', 50n), await give(user, 'onchain', 50n), await give(user, 'bonus', 50n)];
    expect(await take(user, 70n, { lot: named })).toEqual({ takenMillicredits: 70n, owedMillicredits: 0n });
    expect((await Promise.all([named, oldest, bonus].map(lot))).map(({ posted }) => posted)).toEqual([0, 30, 50]);
    expect(await frozen(user)).toBe(false);
  });

  test('leave what open holds have; what is missing is owed, and spending stops', async () => {
    const user = someone();
    const [ref, id] = [await give(user, 'onchain', 100n), await hold(user, 60n)];
    expect(await take(user, 100n, { lot: ref })).toEqual({ takenMillicredits: 40n, owedMillicredits: 60n });
    expect([await owedBy(user), await frozen(user)]).toEqual([60, true]);
    await give(someone(), 'onchain', 5n);
    await expect(hold(user, 1n)).rejects.toMatchObject({ code: 'spending_frozen' });
    await capture(id, await fee(60n));
  });

  test('are taken once for each ref, and the second call says what the first did', async () => {
    const user = someone();
    await give(user, 'onchain', 30n);
    const ref = newId();
    for (let i = 0; i < 3; i++) expect(await take(user, 50n, { ref })).toEqual({ takenMillicredits: 30n, owedMillicredits: 20n });
    expect(await owedBy(user)).toBe(20);
  });

  test('show in the statement under the lot they came from, unless something else is named', async () => {
    const user = someone();
    const ref = await give(user, 'onchain', 50n);
    const about = newId();
    await take(user, 10n, { lot: ref });
    await take(user, 10n, { lot: ref, about });
    const { entries } = await listStatement(books.db, actorOf(user));
    expect(entries.slice(0, 2).map((e) => [e.ref, e.changeMillicredits, e.balanceMillicredits])).toEqual([
      [about, '-10', '30'],
      [ref, '-10', '40'],
    ]);
  });
});

describe('someone who owes', () => {
  test('repays with the next credits that are money: first the debt, then a lot of what is left, then spending is free', async () => {
    const user = someone();
    await take(user, 50n);
    await give(user, 'bonus', 500n);
    expect([await owedBy(user), await frozen(user)]).toEqual([50, true]);
    const partly = await give(user, 'onchain', 30n);
    expect([await owedBy(user), await frozen(user), (await lot(partly)).posted]).toEqual([20, true, Number.NaN]);
    const rest = await give(user, 'purchased', 100n);
    expect([await owedBy(user), await frozen(user), (await lot(rest)).posted]).toEqual([0, false, 80]);
    await hold(user, 80n);
  });

  test('does not repay twice when a purchase is credited twice, though more is owed by then', async () => {
    const user = someone();
    await take(user, 50n);
    const ref = await give(user, 'purchased', 80n);
    await take(user, 100n);
    const owed = await owedBy(user);
    await give(user, 'purchased', 80n, { ref });
    expect([owed, await owedBy(user), (await lot(ref)).posted]).toEqual([70, 70, 0]);
  });

  test('stays frozen after repaying while a dispute stands', async () => {
    const user = someone();
    const dispute = newId();
    await take(user, 50n);
    await within((tx) => freezeSpending(tx, { userId: user, ref: dispute, on: true }));
    await give(user, 'purchased', 80n);
    expect([await owedBy(user), await frozen(user)]).toEqual([0, true]);
    await within((tx) => freezeSpending(tx, { userId: user, ref: dispute, on: false }));
    await hold(user, 30n);
  });
});
