/** A pack of credits sold by card. Prices are minor units: cents, pence, whole yen. */
export type CreditPack = { id: string; credits: number; bonusCredits: number; prices: Record<CardCurrency, number> };

export const cardCurrencies = ['usd', 'eur', 'gbp', 'jpy'] as const;
export type CardCurrency = (typeof cardCurrencies)[number];

/** The larger, the more bonus. Other currencies are set by hand now and then, not by a feed: a price tag should not flicker. */
export const creditPacks: readonly CreditPack[] = [
  { id: 'c500', credits: 500, bonusCredits: 0, prices: { usd: 500, eur: 475, gbp: 400, jpy: 780 } },
  { id: 'c2000', credits: 2_000, bonusCredits: 100, prices: { usd: 2_000, eur: 1_900, gbp: 1_600, jpy: 3_100 } },
  { id: 'c5000', credits: 5_000, bonusCredits: 400, prices: { usd: 5_000, eur: 4_750, gbp: 4_000, jpy: 7_800 } },
  { id: 'c10000', credits: 10_000, bonusCredits: 1_000, prices: { usd: 10_000, eur: 9_500, gbp: 8_000, jpy: 15_500 } },
];

/**
 * The fee, in basis points, at which nobody gains by buying the pack with the most bonus and spending it on a model of their own. Below it, cards
 * are off.
 */
export const LEAST_FEE_BPS = Math.max(
  ...creditPacks.map(({ credits, bonusCredits }) => Math.ceil((bonusCredits * 10_000) / (credits + bonusCredits))),
);
