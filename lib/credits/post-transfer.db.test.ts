import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { ASSET, balanceOf, openAccount } from './accounts';
import { postTransfer } from './post-transfer';
import { openTestBooks, someone } from './testing/test-books';

const books = openTestBooks();
const { pool, give, lot, hold, posted } = books;
afterAll(() => books.close());
afterEach(async () => expect(await books.audit()).toEqual([]));

describe('a transfer outside a hold', () => {
  test('is posted once for each ref and leg; the same with other content is a conflict', async () => {
    const [till, user] = [await openAccount(pool, 'till_clearing', 'house'), someone()];
    const credit = await openAccount(pool, 'collector_onchain', user, { sub: newId() });
    const move = { ref: newId(), debit: till, credit, amountMillicredits: 70n, code: 'deposit' as const };
    expect(await postTransfer(pool, move)).toBe('ok');
    expect(await postTransfer(pool, move)).toBe('replay');
    const others = [{ amountMillicredits: 71n }, { code: 'grant' as const }, { debit: await openAccount(pool, 'promotion', 'house') }];
    for (const other of others) await expect(postTransfer(pool, { ...move, ...other })).rejects.toMatchObject({ code: 'conflict' });
    expect(await postTransfer(pool, { ...move, leg: 1 })).toBe('ok');
    expect(await posted(credit)).toBe(140);
  });

  test('never takes what a guarded account does not have free', async () => {
    const [user, off] = [someone(), await openAccount(pool, 'write_off', 'house')];
    const ref = await give(user, 'purchased', 100n);
    const debit = await openAccount(pool, 'collector_purchased', user, { sub: ref });
    await hold(user, 60n);
    const move = { ref: newId(), debit, credit: off, amountMillicredits: 41n, code: 'correction' as const };
    expect(await postTransfer(pool, move)).toBe('insufficient');
    expect(await postTransfer(pool, { ...move, amountMillicredits: 40n })).toBe('ok');
    expect(await lot(ref)).toMatchObject({ free: 0, held: 60, spent: false });
  });

  test('takes from a stream what came in since it was last added up, and not a credit more', async () => {
    const creator = someone('creator');
    const user = someone();
    await give(user, 'onchain', 100n);
    const earned = await books.share(creator, 90n);
    await books.capture(await hold(user, 90n), earned);
    const away = await openAccount(pool, 'payout_clearing', newId());
    const payout = { ref: newId(), debit: earned.available, credit: away, amountMillicredits: 91n, code: 'payout' as const };
    expect(await postTransfer(pool, payout)).toBe('insufficient');
    expect(await postTransfer(pool, { ...payout, amountMillicredits: 90n })).toBe('ok');
    expect([await posted(earned.available), await posted(away)]).toEqual([0, 90]);
  });

  test('needs an amount, two accounts of one asset, and two purses where both are lots', async () => {
    const [till, user] = [await openAccount(pool, 'till_clearing', 'house'), someone()];
    const [a, b] = [
      await openAccount(pool, 'collector_onchain', user, { sub: 'a' }),
      await openAccount(pool, 'collector_onchain', user, { sub: 'b' }),
    ];
    const eth = await openAccount(pool, 'relayer_float', 'house', { asset: ASSET.gwei });
    const move = { ref: newId(), debit: till, credit: a, amountMillicredits: 1n, code: 'deposit' as const };
    await expect(postTransfer(pool, { ...move, amountMillicredits: 0n })).rejects.toMatchObject({ code: 'LG001' });
    await expect(postTransfer(pool, { ...move, debit: 10n ** 9n })).rejects.toMatchObject({ code: 'LG002' });
    await expect(postTransfer(pool, { ...move, debit: eth })).rejects.toMatchObject({ code: 'LG003' });
    await expect(postTransfer(pool, { ...move, debit: b })).rejects.toMatchObject({ code: 'LG003' });
  });
});

describe('a stream', () => {
  test('has the same balance before and after its deltas are added up', async () => {
    const [user, creator] = [someone(), someone('creator')];
    await give(user, 'onchain', 100n);
    const earned = await books.share(creator, 10n);
    for (let i = 0; i < 5; i++) await books.capture(await hold(user, 10n), earned);
    const before = await balanceOf(pool, earned.available);
    const { rows } = await pool.query<{ sum: string }>('SELECT ledger.roll_up($1) AS sum', [earned.available]);
    expect(rows[0]?.sum).toBe('50');
    expect(before).toEqual({ available: 50n, posted: 50n });
    expect(await balanceOf(pool, earned.available)).toEqual(before);
    expect((await pool.query<{ sum: string }>('SELECT ledger.roll_up($1) AS sum', [earned.available])).rows[0]?.sum).toBe('0');
  });
});
