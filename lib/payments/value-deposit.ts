import { MILLICREDITS_PER_CREDIT } from '@/lib/money';

const WEI_PER_ETH = 10n ** 18n;

/** 1 credit = 1 US cent, so a price in cents is a price in credits. */
const millicreditsPerEth = (ethUsdCents: number) => BigInt(ethUsdCents) * MILLICREDITS_PER_CREDIT;

/** Wei that buy `millicredits` at a price of one ETH in US cents, rounded up: a payment of them is never short. */
export function weiFor(millicredits: bigint, ethUsdCents: number): bigint {
  const rate = millicreditsPerEth(ethUsdCents);
  return (millicredits * WEI_PER_ETH + rate - 1n) / rate;
}

/** Millicredits that `amountWei` buy at a price of one ETH in US cents, rounded down. */
export function millicreditsFor(amountWei: bigint, ethUsdCents: number): bigint {
  return (amountWei * millicreditsPerEth(ethUsdCents)) / WEI_PER_ETH;
}

export type QuotedDeposit = { millicredits: bigint; amountWei: bigint; expiresAt: Date };

/** Millicredits a payment is worth: what its quote promised if it is for that amount and was mined in time, else the server's rate. */
export function valueDeposit(paid: { amountWei: bigint; at: Date }, quote: QuotedDeposit | null, ethUsdCents: number): bigint {
  const kept = quote !== null && quote.amountWei === paid.amountWei && paid.at <= quote.expiresAt;
  return kept ? quote.millicredits : millicreditsFor(paid.amountWei, ethUsdCents);
}
