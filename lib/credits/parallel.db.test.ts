import { afterAll, afterEach, expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { createRandom } from '@/scripts/chaos/random';
import { captureHold, createCapturer, releaseHold } from './capture-hold';
import { createHolder, holdCredits } from './hold-credits';
import { openTestBooks, someone } from './testing/test-books';

const SEED = 20_261_124;
const books = openTestBooks();
const { pool, give, hold, lot, posted, share, fee } = books;
afterAll(() => books.close());
afterEach(async () => expect(await books.audit()).toEqual([]));

/** How often each answer came; an error counts under its code. */
async function tally(calls: Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const answer of await Promise.all(calls.map((call) => call.catch((error) => error.code))))
    counts[`${answer}`] = (counts[`${answer}`] ?? 0) + 1;
  return counts;
}
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

test('of 200 that spend the last credit at the same time one succeeds', async () => {
  const user = someone();
  const ref = await give(user, 'purchased', 1_000n);
  const processes = times(4, () => createHolder(books.db, { ttlSeconds: 900 }));
  const spend = () => ({ id: newId(), userId: user, amountMillicredits: 1_000n });
  const calls = times(200, (i) => (i % 2 ? processes[i % 4]?.(spend()) : holdCredits(pool, { ...spend(), ttlSeconds: 900 })) ?? Promise.reject());
  expect(await tally(calls)).toEqual({ ok: 1, insufficient_credits: 199 });
  expect(await lot(ref)).toMatchObject({ free: 0, held: 1_000 });
});

test('the same hold asked for 100 times at the same time is one hold', async () => {
  const user = someone();
  const ref = await give(user, 'purchased', 1_000n);
  const processes = times(4, () => createHolder(books.db, { ttlSeconds: 900 }));
  const same = { id: newId(), userId: user, amountMillicredits: 300n };
  const calls = times(100, (i) => (i % 2 ? processes[i % 4]?.(same) : holdCredits(pool, { ...same, ttlSeconds: 900 })) ?? Promise.reject());
  expect(await tally(calls)).toEqual({ ok: 1, replay: 99 });
  expect(await lot(ref)).toMatchObject({ free: 700, held: 300 });
});

test(`the same capture 1,000 times among others, shuffled, is one capture (seed ${SEED})`, async () => {
  const user = someone();
  await give(user, 'purchased', 700n);
  await give(user, 'onchain', 700n);
  const processes = times(4, () => createCapturer(books.db, 'run'));
  const [earned, house] = [await share(someone('creator'), 90n), await fee(10n)];
  const before = await posted(house.available);
  const ids = [];
  for (let i = 0; i < 11; i++) ids.push(await hold(user, 120n));
  const [same = '', ...others] = ids;
  const asked = createRandom(SEED).shuffle([...times(1_000, () => same), ...times(50, () => others).flat()]);
  const calls = asked.map((id, i) => {
    const capture = { id, splits: [earned, house] };
    return (i % 3 ? processes[i % 4]?.(capture) : captureHold(pool, capture, 'run')) ?? Promise.reject();
  });
  expect(await tally(calls)).toEqual({ ok: 11, replay: asked.length - 11 });
  expect([(await posted(earned.pending)) + (await posted(earned.available)), (await posted(house.available)) - before]).toEqual([990, 110]);
});

test('a hold that is captured and let go at the same time is one or the other', async () => {
  const user = someone();
  await give(user, 'purchased', 10_000n);
  const earned = await share(someone('creator'), 100n);
  const races = times(60, async (i) => {
    const id = await hold(user, 100n);
    const ends = [() => captureHold(pool, { id, splits: [earned] }, 'run').catch((error) => error.code), () => releaseHold(pool, id)];
    if (i % 2) ends.reverse();
    const [capture, release] = (await Promise.all(ends.map((end) => end()))).sort((a, b) => `${typeof b}`.localeCompare(typeof a));
    return `${capture} ${release}`;
  });
  const outcomes = new Set(await Promise.all(races));
  expect([...outcomes].filter((outcome) => !['ok false', 'wrong_state true'].includes(outcome))).toEqual([]);
});
