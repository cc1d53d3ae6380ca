import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { openAccount } from './accounts';
import { postTransfer } from './post-transfer';
import { listStatement } from './queries';
import { refundCapture } from './refund-capture';
import { actorOf, openTestBooks, someone } from './testing/test-books';

const books = openTestBooks();
const { pool, give, hold, lot, capture, share, fee, posted, within } = books;
const refund = (id: string, ref = newId()) => within((tx) => refundCapture(tx, { capture: id, ref }));
const writeOff = () => openAccount(pool, 'write_off', 'house');
afterAll(() => books.close());
afterEach(async () => expect(await books.audit()).toEqual([]));

/** A run of 100 over two lots: 40 by card, 60 from the chain; 90 for the creator. */
async function run() {
  const [user, creator] = [someone(), someone('creator')];
  const lots = [await give(user, 'purchased', 40n), await give(user, 'onchain', 80n)];
  const [id, earned, house] = [await hold(user, 100n), await share(creator, 90n), await fee(10n)];
  await capture(id, earned, house);
  return { user, creator, lots, id, earned, house };
}
const freeOf = async (lots: string[]) => (await Promise.all(lots.map(lot))).map(({ free }) => free);

describe('a refunded capture', () => {
  test('goes back to the lots that paid it, from whoever got it, and the lots can be spent again', async () => {
    const { user, lots, id, earned, house } = await run();
    const before = await posted(house.available);
    await refund(id);
    expect(await freeOf(lots)).toEqual([40, 80]);
    expect([await posted(earned.pending), await posted(earned.available), (await posted(house.available)) - before]).toEqual([0, 0, -10]);
    const { entries } = await listStatement(books.db, actorOf(user), { codes: ['run_refund'] });
    expect(entries.map((e) => [e.ref, e.balanceMillicredits])).toEqual([
      [id, '120'],
      [id, '110'],
      [id, '60'],
    ]);
    await hold(user, 120n);
  });

  test('is refunded once for each ref', async () => {
    const { lots, id } = await run();
    const ref = newId();
    for (let i = 0; i < 3; i++) await refund(id, ref);
    expect(await freeOf(lots)).toEqual([40, 80]);
  });

  test('whose earnings matured meanwhile is paid from what can be paid out', async () => {
    const { lots, id, earned } = await run();
    await postTransfer(pool, { ref: newId(), debit: earned.pending, credit: earned.available, amountMillicredits: 40n, code: 'matured' });
    const off = await posted(await writeOff());
    await refund(id);
    expect(await freeOf(lots)).toEqual([40, 80]);
    expect([await posted(earned.pending), await posted(earned.available), (await posted(await writeOff())) - off]).toEqual([0, 0, 0]);
  });

  test('whose earnings are paid out is the platform’s loss', async () => {
    const { lots, id, earned } = await run();
    await postTransfer(pool, { ref: newId(), debit: earned.pending, credit: earned.available, amountMillicredits: 40n, code: 'matured' });
    const away = await openAccount(pool, 'payout_clearing', newId());
    await postTransfer(pool, { ref: newId(), debit: earned.available, credit: away, amountMillicredits: 90n, code: 'payout' });
    const off = await posted(await writeOff());
    await refund(id);
    expect(await freeOf(lots)).toEqual([40, 80]);
    expect([await posted(earned.available), (await posted(await writeOff())) - off]).toEqual([0, -90]);
  });

  test('of a hold that was never captured moves nothing', async () => {
    const user = someone();
    const ref = await give(user, 'onchain', 10n);
    await refund(await hold(user, 10n));
    await refund(newId());
    expect((await lot(ref)).posted).toBe(10);
  });

  test('does not stand in the way of other runs of the same collector, nor of other refunds', async () => {
    const user = someone();
    const [mine, theirs] = [await share(someone('creator'), 0n), await share(someone('creator'), 0n)];
    for (let i = 0; i < 50; i++) await give(user, i % 2 ? 'onchain' : 'purchased', 30n);
    const runOf = async (first: typeof mine, second: typeof mine) => {
      const id = await hold(user, 40n);
      await capture(id, { ...first, amountMillicredits: 20n }, { ...second, amountMillicredits: 16n, code: 'run_parent' }, await fee(4n));
      return id;
    };
    const ids: string[] = [];
    for (let i = 0; i < 14; i++) ids.push(i % 2 ? await runOf(mine, theirs) : await runOf(theirs, mine));
    const outcomes = await Promise.allSettled([...ids.map((id) => refund(id)), ...Array.from({ length: 14 }, () => runOf(mine, theirs))]);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
  });
});
