import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { releaseHold, renewHold } from './capture-hold';
import { getBalance, listStatement } from './queries';
import { actorOf, openTestBooks, someone } from './testing/test-books';

const books = openTestBooks();
const { give, hold, lot, capture, fee, stateOf, pool } = books;
const expireHolds = async () => (await pool.query<{ n: number }>('SELECT ledger.expire_holds() AS n')).rows[0]?.n;
const expireBonus = async () => (await pool.query<{ n: number }>('SELECT ledger.expire_lots() AS n')).rows[0]?.n;
const linesOf = async (user: string) =>
  (await listStatement(books.db, actorOf(user))).entries.map((e) => [
    e.code,
    Number(e.changeMillicredits),
    Number(e.heldMillicredits),
    Number(e.balanceMillicredits),
  ]);
afterAll(() => books.close());
afterEach(async () => expect(await books.audit()).toEqual([]));

describe('letting a hold go', () => {
  test('gives every lot its part back, once, and the statement says so', async () => {
    const user = someone();
    const lots = [await give(user, 'bonus', 10n), await give(user, 'onchain', 10n)];
    const id = await hold(user, 15n);
    for (let i = 0; i < 3; i++) expect(await releaseHold(pool, id)).toBe(true);
    expect((await Promise.all(lots.map(lot))).map(({ free, held }) => [free, held])).toEqual([
      [10, 0],
      [10, 0],
    ]);
    expect((await linesOf(user))[0]).toEqual(['released', 0, 15, 20]);
    expect(await linesOf(user)).toHaveLength(3);
  });

  test('is no more possible when it was captured, or when there is none', async () => {
    const user = someone();
    await give(user, 'onchain', 10n);
    const id = await hold(user, 10n);
    await capture(id, await fee(4n));
    expect(await releaseHold(pool, id)).toBe(false);
    expect(await releaseHold(pool, newId())).toBe(false);
    expect(await stateOf(id)).toBe('captured');
    await expect(pool.query(`SELECT ledger.release_set(ARRAY[$1::uuid], 'captured')`, [id])).rejects.toMatchObject({ code: 'LG001' });
  });

  test('of several in one call ends each, whoever holds them, duplicates and strangers in the list or not', async () => {
    const [a, b] = [someone(), someone()];
    await give(a, 'onchain', 30n);
    await give(b, 'onchain', 30n);
    const ids = [await hold(a, 10n), await hold(b, 5n), await hold(a, 7n)];
    const { rows } = await pool.query('SELECT status FROM ledger.release_set($1)', [[...ids, ids[0], newId()]]);
    expect(rows.map(({ status }) => status).sort()).toEqual(['ended', 'ok', 'ok', 'ok']);
    expect(
      (await linesOf(a))
        .slice(0, 2)
        .map(([, , held]) => held)
        .sort(),
    ).toEqual([10, 7].sort());
  });
});

describe('a hold that nobody ends', () => {
  test('expires in the sweep, and not before its time', async () => {
    const user = someone();
    const bought = await give(user, 'onchain', 10n);
    const [brief, long] = [await hold(user, 4n, { ttlSeconds: 0 }), await hold(user, 6n)];
    expect(await expireHolds()).toBe(1);
    expect([await stateOf(brief), await stateOf(long)]).toEqual(['expired', 'open']);
    expect(await lot(bought)).toMatchObject({ free: 4, held: 6 });
    expect((await linesOf(user))[0]).toEqual(['expired', 0, 4, 10]);
    expect(await expireHolds()).toBe(0);
    expect(await releaseHold(pool, brief)).toBe(true);
    expect(await linesOf(user)).toHaveLength(2);
  });

  test('lives longer when it is renewed, and renewing never shortens it', async () => {
    const user = someone();
    await give(user, 'onchain', 10n);
    const id = await hold(user, 10n, { ttlSeconds: 0 });
    const endOf = async () => (await pool.query<{ expires_at: Date }>('SELECT expires_at FROM ledger.hold WHERE id = $1', [id])).rows[0]?.expires_at;
    expect(await renewHold(pool, id, 900)).toBe(true);
    const end = await endOf();
    expect(await renewHold(pool, id, 60)).toBe(true);
    expect(await endOf()).toEqual(end);
    expect(await expireHolds()).toBe(0);
    await releaseHold(pool, id);
    expect(await renewHold(pool, id, 9000)).toBe(false);
    expect(await renewHold(pool, newId(), 900)).toBe(false);
  });
});

describe('an expired bonus', () => {
  const tomorrow = () => new Date(Date.now() + 86_400_000);
  /** Time cannot be waited for here: the owner moves the lot's end into the past. */
  const pass = (ref: string) => books.owner.query(`UPDATE ledger.account SET expires_at = now() - interval '1 s' WHERE sub = $1`, [ref]);

  test('goes back where it came from, except for what an open hold has of it, which follows when that ends', async () => {
    const user = someone();
    const bonus = await give(user, 'bonus', 100n, { expiresAt: tomorrow() });
    const [kept, released] = [await hold(user, 30n), await hold(user, 20n)];
    await pass(bonus);
    expect(await expireBonus()).toBe(1);
    expect(await lot(bonus)).toMatchObject({ free: 0, held: 50, posted: 50 });
    expect(await expireBonus()).toBe(0);
    await capture(kept, await fee(10n));
    await releaseHold(pool, released);
    expect(await lot(bonus)).toMatchObject({ free: 40, held: 0 });
    await expect(hold(user, 1n)).rejects.toMatchObject({ code: 'insufficient_credits' });
    expect(await expireBonus()).toBe(1);
    expect(await lot(bonus)).toEqual({ free: 0, held: 0, posted: 0, spent: true });
    expect(await linesOf(user)).toEqual([
      ['bonus_expired', -40, 0, 0],
      ['released', 0, 20, 40],
      ['run', -10, 0, 40],
      ['bonus_expired', -50, 0, 50],
      ['grant', 100, 0, 100],
    ]);
    expect((await getBalance(books.db, actorOf(user))).availableMillicredits).toBe('0');
  });
});
