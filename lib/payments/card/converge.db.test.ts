import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { auditBooks } from '@/lib/credits/queries';
import { inTransaction } from '@/lib/db';
import type { CardApi, PaymentReading } from '@/lib/stripe/card-api';
import { toEvent } from '@/lib/stripe/verify-webhook';
import { shuffled } from '@/scripts/standins/stripe/control';
import type { StripeEvent } from '@/scripts/standins/stripe/tables';
import { cardEvents } from './events';
import { applyReading, syncPurchase } from './sync-purchase';
import { booksOf, type CardShop, deliver, eventsOf, openCardShop } from './testing/card-shop';
import { ACTS, type Act, actUntil, beginStory, expectEnd, type Story, spendIfOpen } from './testing/purchase-story';

let shop: CardShop;
beforeAll(async () => {
  shop = await openCardShop(process.env.DATABASE_URL);
});
afterEach(async () => expect(await auditBooks(shop.db)).toEqual([]));
afterAll(() => shop.close());

const look = async (story: Story) => {
  await syncPurchase(shop.db, shop.api, story.purchase.id);
  await spendIfOpen(shop, story);
};
/** A purchase that is known to be paid and of which 200 credits are spent; what follows has happened at Stripe, unless told otherwise. */
async function spentStory(outcome: Story['outcome'], until: Act = 'decide'): Promise<Story> {
  const story = await beginStory(shop, outcome);
  actUntil(shop, story, 'pay');
  await look(story);
  actUntil(shop, story, until);
  return story;
}

function permutations<T>(items: T[]): T[][] {
  if (items.length < 2) return [items];
  return items.flatMap((first, i) => permutations(items.filter((_, j) => j !== i)).map((rest) => [first, ...rest]));
}

/** Runs all of them, a few at a time. */
async function inLanes<T>(items: T[], lanes: number, work: (item: T, index: number) => Promise<void>): Promise<void> {
  const queue = [...items.entries()];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

const thousandTimes = (events: StripeEvent[]) =>
  shuffled(
    events.flatMap((event) => Array<StripeEvent>(1000).fill(event)),
    7,
  );

async function transfersByRef(): Promise<Record<string, number>> {
  const { rows } = await shop.db.pool.query<{ ref: string; n: number }>('SELECT ref, count(*)::int AS n FROM ledger.transfer GROUP BY ref');
  return Object.fromEntries(rows.map(({ ref, n }) => [ref, n]));
}

describe('the events of one purchase with refund and dispute', () => {
  // An event only says where to look, and an older reading is never applied: whatever the order, the books pass through some of these
  // stages in turn, each once or more, and end at the last. These are all the ways to do that.
  test('end in the same books whichever stages of the payment anybody looked at', { timeout: 300_000 }, async () => {
    for (let looked = 0; looked < 2 ** (ACTS.length + 1); looked++) {
      const story = await beginStory(shop, looked % 2 ? 'win' : 'lose');
      for (const [i, what] of ACTS.entries()) {
        actUntil(shop, story, what);
        const times = looked & (2 << i) ? 2 : 0;
        for (let n = 0; n < times; n++) await look(story);
      }
      await look(story);
      await expectEnd(shop, story, looked.toString(2));
    }
  });

  const FIVE: [string, Act][] = [
    ['checkout.session.completed', 'pay'],
    ['refund.created', 'refund'],
    ['charge.refunded', 'refund'],
    ['charge.dispute.created', 'dispute'],
    ['charge.dispute.closed', 'decide'],
  ];
  // Each event comes as soon as it can: what it tells of has just happened, and what is before it in the order is all that we know.
  test.each(['win', 'lose'] as const)('end in the same books in each of their 120 orders: %s', { timeout: 600_000 }, async (outcome) => {
    const ways = new Set<string>();
    await inLanes(permutations(FIVE), 4, async (order) => {
      const story = await beginStory(shop, outcome);
      const way: unknown[] = [];
      for (const [type, act] of order) {
        actUntil(shop, story, act);
        await deliver(shop, eventsOf(shop, story.purchase).find((event) => event.type === type) as StripeEvent);
        await spendIfOpen(shop, story);
        way.push(await booksOf(shop, [story.actor.userId, story.creator.userId], story.purchase.id));
      }
      ways.add(JSON.stringify(way));
      await expectEnd(
        shop,
        story,
        order.map(([type]) => type),
      );
      const [first] = order[0] ?? [];
      // A dispute that is the first we see of a purchase leaves nothing to spend, unless it is won.
      expect([order, story.spent]).toEqual([order, outcome === 'win' || !first?.startsWith('charge.dispute')]);
    });
    // The orders are different ways to get there: had the first event told all, there would be one.
    expect(ways.size).toBeGreaterThan(8);
  });

  test('end in the same books late, early, doubled and in any order while the payment goes on', { timeout: 600_000 }, async () => {
    const first = Number(process.env.SEED ?? 20261124);
    await inLanes(
      Array.from({ length: 100 }, (_, i) => first + i),
      4,
      async (seed) => {
        const story = await beginStory(shop, seed % 2 ? 'win' : 'lose');
        const delivered: string[] = [];
        const handle = async (event: StripeEvent) => {
          await deliver(shop, event);
          await spendIfOpen(shop, story);
        };
        for (const what of ACTS) {
          actUntil(shop, story, what);
          const some = shuffled(eventsOf(shop, story.purchase), seed + delivered.length).filter((_, i) => (seed + i) % 3 === 0);
          for (const event of some) {
            await handle(event);
            delivered.push(event.type);
          }
        }
        const all = eventsOf(shop, story.purchase);
        for (const event of shuffled([...all, ...all], seed)) await handle(event);
        await expectEnd(shop, story, { seed, delivered });
      },
    );
  });

  test('have one effect each when every one of them comes 1,000 times, shuffled', { timeout: 600_000 }, async () => {
    const story = await spentStory('lose');
    const all = eventsOf(shop, story.purchase);
    await inLanes(thousandTimes(all), 12, (event) => deliver(shop, event));
    await expectEnd(shop, story, 'each 1,000 times');
    const { rows } = await shop.db.pool.query('SELECT count(*)::int AS n FROM stripe_event WHERE id = ANY ($1)', [all.map(({ id }) => id)]);
    expect(rows).toEqual([{ n: all.length }]);
  });

  // The inbox lets each event in once, so this is past it; and now and then the reading that we remember is forgotten, so that the event
  // goes all the way.
  test('move nothing more when they are handled 1,000 times each', { timeout: 600_000 }, async () => {
    const story = await spentStory('lose');
    await look(story);
    const before = await transfersByRef();
    const reading = await shop.api.readPayment(story.purchase.sessionId);
    const { handle } = cardEvents(() => ({ ...shop.api, readPayment: async (): Promise<PaymentReading> => reading }));
    const { id } = story.purchase;
    await inLanes(thousandTimes(eventsOf(shop, story.purchase)), 4, async (event, i) => {
      if (i % 20 === 0) await shop.db.pool.query('UPDATE card_purchase SET reading = NULL WHERE id = $1', [id]);
      await handle(shop.db, toEvent(event as Parameters<typeof toEvent>[0]));
    });
    await expectEnd(shop, story, 'handled 1,000 times');
    expect(await transfersByRef()).toEqual(before);
  });

  test('have one effect when 100 workers look at the same purchase at once', { timeout: 300_000 }, async () => {
    const story = await spentStory('lose', 'pay');
    for (const what of ACTS) {
      actUntil(shop, story, what);
      await Promise.all(Array.from({ length: 100 }, () => syncPurchase(shop.db, shop.api, story.purchase.id)));
    }
    await expectEnd(shop, story, '100 at once');
  });
});

describe('a reading of Stripe', () => {
  test('that is older than what the books know is not applied, however late it arrives', async () => {
    const story = await spentStory('win', 'dispute');
    let release = () => {};
    const stalled = new Promise<void>((resolve) => {
      release = resolve;
    });
    let readings = 0;
    const slow: CardApi = {
      ...shop.api,
      readPayment: async (id) => {
        const reading = await shop.api.readPayment(id);
        readings += 1;
        if (readings === 1) await stalled;
        return reading;
      },
    };
    const late = syncPurchase(shop.db, slow, story.purchase.id);
    await expect.poll(() => readings).toBe(1);
    actUntil(shop, story, 'decide');
    await syncPurchase(shop.db, shop.api, story.purchase.id);
    release();
    await late;
    expect(readings).toBe(2);
    await expectEnd(shop, story, 'late reading');
  });
});

describe('a worker that dies', () => {
  test('between reading and writing, or after any statement of the transaction, leaves one effect behind', { timeout: 300_000 }, async () => {
    const story = await spentStory('lose');
    const reading = await shop.api.readPayment(story.purchase.sessionId);
    const { rows } = await shop.db.pool.query<{ version: number }>('SELECT version FROM card_purchase WHERE id = $1', [story.purchase.id]);
    let finished = false;
    for (let last = 0; !finished; last++) {
      let statements = 0;
      await inTransaction(shop.db.pool, async (tx) => {
        const dying = new Proxy(tx, {
          get: (target, name) => {
            if (name !== 'query') return Reflect.get(target, name);
            return (...query: unknown[]) => {
              if (statements++ >= last) throw new Error('killed');
              return (target.query as (...args: unknown[]) => unknown).apply(target, query);
            };
          },
        });
        finished = (await applyReading(dying, story.purchase.id, rows[0]?.version ?? -1, reading)) !== null;
        // Dies once more, with everything done but the commit.
        if (last % 2 === 0 && finished) finished = false;
        if (!finished) throw new Error('killed');
      }).catch((error: Error) => expect(error.message).toBe('killed'));
      if (!finished) expect(await booksOf(shop, [story.creator.userId])).toEqual({ creator_pending: '180000' });
    }
    await expectEnd(shop, story, 'killed at each statement');
  });
});
