import type { Route } from 'next';
import type { WayToPay } from '@/components/credits/ways-to-pay';

export type BuyChoice = {
  way: WayToPay;
  /** The way back to a model, where a purchase was asked for. */
  back: Route | null;
  /** The same as parameters of the page's address. */
  query: Record<string, string>;
};

type Search = Record<string, string | string[] | undefined>;

/** What the address says of buying. Only our own model pages are a way back: nothing else is followed. */
export function readBuyChoice(search: Search): BuyChoice {
  const [back] = [search.back].flat();
  const way = [search.pay].flat()[0] === 'card' ? 'card' : 'wallet';
  const known = back && /^\/models\/[a-z0-9-]+$/.test(back) ? (back as Route) : null;
  return { way, back: known, query: { ...(way === 'card' && { pay: way }), ...(known && { back: known }) } };
}
