import type { Route } from 'next';
import type { WayToPay } from '@/components/credits/ways-to-pay';
import { uuidInput } from '@/lib/uuid-input';

export type BuyChoice = {
  way: WayToPay;
  /** The way back to a model, where a purchase was asked for. */
  back: Route | null;
  /** Back from paying by card: the purchase to look at, or that the buyer left. */
  paid: string | null;
  cancelled: boolean;
  /** The same as parameters of the page's address. */
  query: Record<string, string>;
};

type Search = Record<string, string | string[] | undefined>;

/** What the address says of buying. Only our own model pages are a way back: nothing else is followed. */
export function readBuyChoice(search: Search): BuyChoice {
  const [back] = [search.back].flat();
  const way = [search.pay].flat()[0] === 'card' ? 'card' : 'wallet';
  const known = back && /^\/models\/[a-z0-9-]+$/.test(back) ? (back as Route) : null;
  const [paid] = [search.paid].flat();
  const returned = { paid: uuidInput.safeParse(paid).data ?? null, cancelled: search.cancelled !== undefined };
  return { way, back: known, ...returned, query: { ...(way === 'card' && { pay: way }), ...(known && { back: known }) } };
}
