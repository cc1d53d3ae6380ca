import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { openAccount } from './accounts';
import { createCapturer, releaseHold } from './capture-hold';
import { sharesOfCapture, spendsOfLot } from './spends';
import { openTestBooks, someone } from './testing/test-books';

const books = openTestBooks();
const { give, hold, lot, capture, share, fee, posted } = books;
const sharesOf = (id: string) => books.within((tx) => sharesOfCapture(tx, id));
afterAll(() => books.close());
afterEach(async () => expect(await books.audit()).toEqual([]));

describe('a capture pays the splits of a hold', () => {
  test('what was paid by card, or with the bonus of a card payment, pends; the rest is available at once', async () => {
    const [user, creator] = [someone(), someone('creator')];
    await give(user, 'bonus', 30n);
    await give(user, 'purchased', 50n);
    await give(user, 'onchain', 100n);
    const [earned, house] = [await share(creator, 90n), await fee(10n)];
    const before = await posted(house.available);
    expect(await capture(await hold(user, 100n), earned, house)).toBe('ok');
    expect(await posted(earned.pending)).toBe(80);
    expect(await posted(earned.available)).toBe(10);
    expect((await posted(house.available)) - before).toBe(10);
  });

  test('in part: the rest goes back to the lots it came from, last ones first', async () => {
    const user = someone();
    const lots = [await give(user, 'purchased', 10n), await give(user, 'onchain', 10n), await give(user, 'purchased', 10n)];
    const id = await hold(user, 25n);
    await capture(id, await share(someone('creator'), 12n));
    expect(await Promise.all(lots.map(lot))).toEqual([
      { free: 0, held: 0, posted: 0, spent: true },
      { free: 8, held: 0, posted: 8, spent: false },
      { free: 10, held: 0, posted: 10, spent: false },
    ]);
    expect(await books.stateOf(id)).toBe('captured');
  });

  test('several splits over several lots: every credit has one lot it came from and one receiver', async () => {
    const [user, creator, parent] = [someone(), someone('creator'), someone('parent')];
    const lots = [await give(user, 'purchased', 7n), await give(user, 'onchain', 11n), await give(user, 'purchased', 20n)];
    const ids = await Promise.all(
      lots.map((sub, i) => openAccount(books.pool, i === 1 ? 'collector_onchain' : 'collector_purchased', user, { sub })),
    );
    const id = await hold(user, 30n);
    const [mine, theirs, house] = [await share(creator, 15n), await share(parent, 5n, 'run_parent'), await fee(10n)];
    await capture(id, mine, theirs, house);
    const expected = [
      [0, mine.pending, 7n],
      [1, mine.available, 8n],
      [1, theirs.available, 3n],
      [2, theirs.pending, 2n],
      [2, house.pending, 10n],
    ] as const;
    expect((await sharesOf(id)).map((s) => [ids.indexOf(s.lot), s.account, s.amountMillicredits])).toEqual(expected);
    const spends = await books.within((tx) => spendsOfLot(tx, ids[2] ?? 0n));
    expect(spends.map((s) => [s.ref, s.owner, s.amountMillicredits])).toEqual([
      [id, parent, 2n],
      [id, 'house', 10n],
    ]);
  });

  test('one receiver in several splits gets all of them, the platform as a creator too', async () => {
    const [user, creator] = [someone(), someone('creator')];
    await give(user, 'onchain', 1000n);
    const mine = await share(creator, 50n);
    await capture(
      await hold(user, 100n),
      mine,
      { ...mine, code: 'run_parent', amountMillicredits: 20n },
      { ...mine, code: 'run_fee', amountMillicredits: 30n },
    );
    expect(await posted(mine.available)).toBe(100);
    const house = await fee(7n);
    const before = await posted(house.available);
    await capture(await hold(user, 100n), { ...house, code: 'run_creator', amountMillicredits: 93n }, house);
    expect((await posted(house.available)) - before).toBe(100);
  });

  test('only streams are paid: an account that is a row would be the slowest in the house', async () => {
    const user = someone();
    const lots = await give(user, 'onchain', 100n);
    const row = await openAccount(books.pool, 'payout_clearing', someone('row'));
    const id = await hold(user, 60n);
    await expect(capture(id, { pending: row, available: row, amountMillicredits: 60n, code: 'run_creator' })).rejects.toMatchObject({
      code: '23514',
    });
    expect(await lot(lots)).toMatchObject({ held: 60, posted: 100 });
  });
});

describe('a hold is captured once', () => {
  test('the same again is a replay, another amount a conflict', async () => {
    const user = someone();
    const bought = await give(user, 'purchased', 100n);
    const [id, earned] = [await hold(user, 80n), await share(someone('creator'), 60n)];
    expect(await capture(id, earned)).toBe('ok');
    expect(await capture(id, earned)).toBe('replay');
    await expect(capture(id, { ...earned, amountMillicredits: 61n })).rejects.toMatchObject({ code: 'conflict' });
    expect(await lot(bought)).toMatchObject({ posted: 40, free: 40 });
    expect(await posted(earned.pending)).toBe(60);
  });

  test('never for more than it holds, and never for nothing', async () => {
    const user = someone();
    await give(user, 'purchased', 100n);
    const [id, earned] = [await hold(user, 80n), await share(someone('creator'), 81n)];
    await expect(capture(id, earned)).rejects.toMatchObject({ code: 'conflict' });
    await expect(capture(id, { ...earned, amountMillicredits: 0n })).rejects.toMatchObject({ code: 'conflict' });
    await expect(capture(id, { ...earned, amountMillicredits: -5n }, await fee(85n))).rejects.toThrow();
    expect(await books.stateOf(id)).toBe('open');
  });

  test('not after it was let go, and not when there is none', async () => {
    const user = someone();
    await give(user, 'purchased', 100n);
    const [id, earned] = [await hold(user, 80n), await share(someone('creator'), 80n)];
    await releaseHold(books.pool, id);
    await expect(capture(id, earned)).rejects.toMatchObject({ code: 'wrong_state' });
    await expect(capture(newId(), earned)).rejects.toMatchObject({ code: 'wrong_state' });
  });

  test('captures that arrive together are each answered for themselves', async () => {
    const user = someone();
    await give(user, 'purchased', 1000n);
    const earned = await share(someone('creator'), 10n);
    const call = createCapturer(books.db, 'run');
    const [first, second, gone] = [await hold(user, 10n), await hold(user, 10n), await hold(user, 10n)];
    await releaseHold(books.pool, gone);
    const ask = (id: string, amount = 10n) => call({ id, splits: [{ ...earned, amountMillicredits: amount }] }).catch((error) => error.code);
    const answers = await Promise.all([ask(first), ask(second), ask(gone), ask(second), ask(first, 9n), ask(newId())]);
    expect(answers).toEqual(['ok', 'ok', 'wrong_state', 'replay', 'conflict', 'wrong_state']);
    expect(await posted(earned.pending)).toBe(20);
  });

  test('captures of one hold that arrive together are one capture: the first that was asked for', async () => {
    const user = someone();
    await give(user, 'purchased', 1000n);
    const earned = await share(someone('creator'), 10n);
    const call = createCapturer(books.db, 'run');
    for (let i = 0; i < 10; i++) {
      const [busy, id] = [await hold(user, 20n), await hold(user, 20n)];
      const ask = (amount: bigint, of = id) => call({ id: of, splits: [{ ...earned, amountMillicredits: amount }] }).catch((error) => error.code);
      expect(await Promise.all([ask(1n, busy), ask(12n), ask(1n), ask(12n), ask(20n)])).toEqual(['ok', 'ok', 'conflict', 'replay', 'conflict']);
    }
    expect(await posted(earned.pending)).toBe(130);
  });
});
