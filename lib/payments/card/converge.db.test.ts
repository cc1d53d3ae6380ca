import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { auditBooks } from '@/lib/credits/queries';
import { inTransaction } from '@/lib/db';
import type { CardApi } from '@/lib/stripe/card-api';
import { shuffled } from '@/scripts/standins/stripe/control';
import type { StripeEvent } from '@/scripts/standins/stripe/tables';
import { applyReading, syncPurchase } from './sync-purchase';
import { booksOf, buy, type CardShop, deliver, eventsOf, isFrozen, openCardShop, type Purchase, signUp, spend } from './testing/card-shop';

let shop: CardShop;
beforeAll(async () => {
  shop = await openCardShop(process.env.DATABASE_URL);
});
afterEach(async () => expect(await auditBooks(shop.db)).toEqual([]));
afterAll(() => shop.close());

type Story = { purchase: Purchase; actor: Actor; creator: Actor; outcome: 'win' | 'lose' };
/** What happens to each purchase of this file: bought, 200 credits spent, 150 refunded, the rest disputed, decided. */
const ACTS = ['refund', 'dispute', 'decide'] as const;
/** 150 of 500 credits were refunded, 200 spent; of 200 a creator has 180. */
const WON = { collector_purchased: '150000', 'creator_pending 1': '180000' };
const LOST = { collector_debt: '-200000', dispute_reserve: '180000' };

async function begin(outcome: 'win' | 'lose'): Promise<Story> {
  const [actor, creator] = [await signUp(shop), await signUp(shop)];
  const purchase = await buy(shop, actor);
  await syncPurchase(shop.db, shop.api, purchase.id);
  await spend(shop, actor, 200_000n, creator.userId);
  return { purchase, actor, creator, outcome };
}

function act({ purchase, outcome }: Story, what: (typeof ACTS)[number]): void {
  if (what === 'refund') shop.simulator.act('refund', { id: purchase.id, amount: 150 });
  if (what === 'dispute') shop.simulator.act('dispute', { id: purchase.id });
  if (what === 'decide') {
    const [opened] = eventsOf(shop, purchase).filter(({ type }) => type === 'charge.dispute.created');
    const { id } = (opened?.data.object ?? {}) as { id?: string };
    shop.simulator.act('step-dispute', { id: id ?? '', step: outcome });
  }
}

async function expectBooks({ purchase, actor, creator, outcome }: Story, order: unknown): Promise<void> {
  const books = await booksOf(shop, [actor.userId, creator.userId], purchase.id);
  expect({ order, books }).toEqual({ order, books: outcome === 'win' ? WON : LOST });
  expect({ order, frozen: await isFrozen(shop, actor) }).toEqual({ order, frozen: outcome === 'lose' });
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

describe('the events of one purchase with refund and dispute', () => {
  // An event only says where to look, and an older reading is never applied: whatever the order, the books pass through some of these
  // stages in turn, each once or more, and end at the last. These are all the ways to do that.
  test('end in the same books whichever stages of the payment anybody looked at', { timeout: 300_000 }, async () => {
    for (let looked = 0; looked < 2 ** (ACTS.length + 1); looked++) {
      const story = await begin(looked % 2 ? 'win' : 'lose');
      for (const [i, what] of ACTS.entries()) {
        act(story, what);
        const times = looked & (2 << i) ? 2 : 0;
        for (let n = 0; n < times; n++) await syncPurchase(shop.db, shop.api, story.purchase.id);
      }
      await syncPurchase(shop.db, shop.api, story.purchase.id);
      await expectBooks(story, looked.toString(2));
    }
  });

  const FIVE = ['checkout.session.completed', 'refund.created', 'charge.refunded', 'charge.dispute.created', 'charge.dispute.closed'];
  test('end in the same books in each of their 120 orders', { timeout: 600_000 }, async () => {
    await inLanes(permutations(FIVE), 4, async (order, i) => {
      const story = await begin(i % 2 ? 'win' : 'lose');
      for (const what of ACTS) act(story, what);
      const events = eventsOf(shop, story.purchase);
      for (const name of order) await deliver(shop, events.find(({ type }) => type === name) as StripeEvent);
      await expectBooks(story, order);
    });
  });

  test('end in the same books late, early, doubled and in any order while the payment goes on', { timeout: 600_000 }, async () => {
    const first = Number(process.env.SEED ?? 20261124);
    await inLanes(
      Array.from({ length: 100 }, (_, i) => first + i),
      4,
      async (seed) => {
        const story = await begin(seed % 2 ? 'win' : 'lose');
        const delivered: string[] = [];
        for (const what of ACTS) {
          act(story, what);
          const some = shuffled(eventsOf(shop, story.purchase), seed + delivered.length).filter((_, i) => (seed + i) % 3 === 0);
          for (const event of some) {
            await deliver(shop, event);
            delivered.push(event.type);
          }
        }
        const all = eventsOf(shop, story.purchase);
        for (const event of shuffled([...all, ...all], seed)) await deliver(shop, event);
        await expectBooks(story, { seed, delivered });
      },
    );
  });

  test('have one effect each when every one of them comes 1,000 times, shuffled', { timeout: 600_000 }, async () => {
    const story = await begin('lose');
    for (const what of ACTS) act(story, what);
    const all = eventsOf(shop, story.purchase);
    const many = shuffled(
      all.flatMap((event) => Array<StripeEvent>(1000).fill(event)),
      7,
    );
    await inLanes(many, 12, (event) => deliver(shop, event));
    await expectBooks(story, 'each 1,000 times');
    const { rows } = await shop.db.pool.query('SELECT count(*)::int AS n FROM stripe_event WHERE id = ANY ($1)', [all.map(({ id }) => id)]);
    expect(rows).toEqual([{ n: all.length }]);
  });

  test('have one effect when 100 workers look at the same purchase at once', { timeout: 300_000 }, async () => {
    const story = await begin('lose');
    for (const what of ACTS) {
      act(story, what);
      await Promise.all(Array.from({ length: 100 }, () => syncPurchase(shop.db, shop.api, story.purchase.id)));
    }
    await expectBooks(story, '100 at once');
  });
});

describe('a reading of Stripe', () => {
  test('that is older than what the books know is not applied, however late it arrives', async () => {
    const story = await begin('win');
    act(story, 'refund');
    act(story, 'dispute');
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
    act(story, 'decide');
    await syncPurchase(shop.db, shop.api, story.purchase.id);
    release();
    await late;
    expect(readings).toBe(2);
    await expectBooks(story, 'late reading');
  });
});

describe('a worker that dies', () => {
  test('between reading and writing, or after any statement of the transaction, leaves one effect behind', { timeout: 300_000 }, async () => {
    const story = await begin('lose');
    for (const what of ACTS) act(story, what);
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
        finished = await applyReading(dying, story.purchase.id, rows[0]?.version ?? -1, reading);
        // Dies once more, with everything done but the commit.
        if (last % 2 === 0 && finished) finished = false;
        if (!finished) throw new Error('killed');
      }).catch((error: Error) => expect(error.message).toBe('killed'));
      if (!finished) expect(await booksOf(shop, [story.creator.userId])).toEqual({ creator_pending: '180000' });
    }
    await expectBooks(story, 'killed at each statement');
  });
});
