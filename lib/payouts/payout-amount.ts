import type { Rail } from './schema';

const MILLICREDITS_PER_CENT = 1_000n;
const USDC_UNITS_PER_CENT = 10_000n;
const WEI_PER_ETH = 10n ** 18n;

/** What is sent for a payout, in the smallest unit of its rail. 1 credit is 1 US cent; a fraction of a wei stays with the house. */
export function payoutAmount(rail: Rail, millicredits: bigint, ethUsdCents: number): bigint {
  if (millicredits <= 0n || millicredits % MILLICREDITS_PER_CENT !== 0n) throw new RangeError(`not whole credits: ${millicredits}`);
  const cents = millicredits / MILLICREDITS_PER_CENT;
  if (rail === 'connect') return cents;
  if (rail === 'usdc') return cents * USDC_UNITS_PER_CENT;
  if (!Number.isInteger(ethUsdCents) || ethUsdCents <= 0) throw new RangeError(`price of ETH: ${ethUsdCents}`);
  return (cents * WEI_PER_ETH) / BigInt(ethUsdCents);
}
