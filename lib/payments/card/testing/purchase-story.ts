import { expect } from 'vitest';
import type { Actor } from '@/lib/actor';
import { isErrorCode } from '@/lib/errors';
import { booksOf, buy, type CardShop, eventsOf, isFrozen, type Purchase, signUp, spend } from './card-shop';

/** What happens to a purchase at Stripe: paid, 150 of 500 refunded, the rest disputed, decided. We know of nothing before somebody looks. */
export const ACTS = ['pay', 'refund', 'dispute', 'decide'] as const;
export type Act = (typeof ACTS)[number];
export type Story = {
  purchase: Purchase;
  actor: Actor;
  creator: Actor;
  outcome: 'win' | 'lose';
  /** How many of the acts have happened. */
  acted: number;
  spent: boolean;
};

/** 150 of 500 credits were refunded, 200 spent; of 200 a creator has 180. */
const WON = { collector_purchased: '150000', 'creator_pending 1': '180000' };
const LOST = { collector_debt: '-200000', dispute_reserve: '180000' };

export async function beginStory(shop: CardShop, outcome: Story['outcome']): Promise<Story> {
  const [actor, creator] = [await signUp(shop), await signUp(shop)];
  return { purchase: await buy(shop, actor, { pay: false }), actor, creator, outcome, acted: 0, spent: false };
}

/** Lets happen what has not, up to and with this act. */
export function actUntil(shop: CardShop, story: Story, last: Act): void {
  const { id, sessionId } = story.purchase;
  while (story.acted <= ACTS.indexOf(last)) {
    const what = ACTS[story.acted];
    if (what === 'pay') shop.simulator.act('pay', { id: sessionId });
    if (what === 'refund') shop.simulator.act('refund', { id, amount: 150 });
    if (what === 'dispute') shop.simulator.act('dispute', { id });
    if (what === 'decide') {
      const opened = eventsOf(shop, story.purchase).find(({ type }) => type === 'charge.dispute.created')?.data.object as { id: string };
      shop.simulator.act('step-dispute', { id: opened.id, step: story.outcome });
    }
    story.acted += 1;
  }
}

/** The collector spends 200 credits as soon as they have them and may. */
export async function spendIfOpen(shop: CardShop, story: Story): Promise<void> {
  if (story.spent) return;
  try {
    await spend(shop, story.actor, 200_000n, story.creator.userId);
    story.spent = true;
  } catch (error) {
    const { code } = error as { code?: string };
    if (!isErrorCode(code ?? null) || !['insufficient_credits', 'spending_frozen'].includes(code ?? '')) throw error;
  }
}

/** There are two ends, and a third where the dispute was lost before anybody knew that there was something to spend. */
export async function expectEnd(shop: CardShop, story: Story, told: unknown): Promise<void> {
  await spendIfOpen(shop, story);
  const { purchase, actor, creator, outcome, spent } = story;
  const books = await booksOf(shop, [actor.userId, creator.userId], purchase.id);
  const frozen = await isFrozen(shop, actor);
  const end = outcome === 'win' ? WON : spent ? LOST : {};
  expect({ told, books, frozen }).toEqual({ told, books: end, frozen: outcome === 'lose' && spent });
}
