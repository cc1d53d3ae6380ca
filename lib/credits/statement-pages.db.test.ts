import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { captureHold, releaseHold } from './capture-hold';
import { listOpenHolds, listStatement } from './queries';
import { type EntryCode, entryCodes } from './schema';
import { actorOf, openTestBooks, someone } from './testing/test-books';

const books = openTestBooks();
afterAll(() => books.close());

describe('a statement', () => {
  const user = someone();
  const [bought, run, gone, relayed] = [newId(), newId(), newId(), newId()];
  const read = (options: Parameters<typeof listStatement>[2] = {}) => listStatement(books.db, actorOf(user), options);
  beforeAll(async () => {
    await books.give(user, 'purchased', 1_000n, { ref: bought });
    await books.give(user, 'onchain', 500n);
    await books.capture(await books.hold(user, 300n, { id: run }), await books.fee(200n));
    await releaseHold(books.pool, await books.hold(user, 50n, { id: gone }));
    await books.hold(user, 70n, { id: relayed, spendable: 'final' });
    await captureHold(books.pool, { id: relayed, splits: [{ ...(await books.fee(70n)), code: 'relay_fee' }] }, 'relay');
    await books.hold(user, 33n);
  });

  test('tells each change with its reason and what was had after it, newest first', async () => {
    const { entries, nextCursor } = await read();
    expect(entries.map((e) => [e.seq, e.code, e.changeMillicredits, e.heldMillicredits, e.balanceMillicredits])).toEqual([
      ['5', 'relay', '-70', '0', '1230'],
      ['4', 'released', '0', '50', '1300'],
      ['3', 'run', '-200', '0', '1300'],
      ['2', 'deposit', '500', '0', '1500'],
      ['1', 'purchase', '1000', '0', '1000'],
    ]);
    expect([entries[4]?.ref, entries[2]?.ref, entries[1]?.ref, entries[0]?.ref]).toEqual([bought, run, gone, relayed]);
    expect(nextCursor).toBeNull();
  });

  test('comes in pages without a gap or a repetition, also of some codes only', async () => {
    const pages = async (codes?: EntryCode[]) => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await read({ limit: 1, codes, cursor });
        seen.push(...page.entries.map((e) => e.seq));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      return seen;
    };
    expect(await pages()).toEqual(['5', '4', '3', '2', '1']);
    expect(await pages(['run'])).toEqual(['3']);
    expect(await pages(['purchase', 'run', 'relay'])).toEqual(['5', '3', '1']);
    expect(await pages(['deposit', 'released'])).toEqual(['4', '2']);
    expect(await pages([...entryCodes])).toEqual(['5', '4', '3', '2', '1']);
    expect(await pages(['card_refund'])).toEqual([]);
  });

  test('is one’s own, and what is still set aside is told beside it', async () => {
    expect((await listStatement(books.db, actorOf(someone()))).entries).toEqual([]);
    expect((await listOpenHolds(books.db, actorOf(user))).map((hold) => hold.amountMillicredits)).toEqual(['33']);
    expect(await listOpenHolds(books.db, actorOf(someone()))).toEqual([]);
  });
});
