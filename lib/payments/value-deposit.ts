import { MILLICREDITS_PER_CREDIT } from '@/lib/money';
import type { DepositAsset } from './schema';

const WEI_PER_ETH = 10n ** 18n;
/** USDC has six decimals; 1 USDC = 100 credits = 100,000 millicredits, so that a millicredit is ten base units. */
const USDC_UNITS_PER_MILLICREDIT = 10n;
/** US$10 million in one payment is looked at by a person first. */
const MAX_MILLICREDITS = 1_000_000_000n * MILLICREDITS_PER_CREDIT;
/** What a person may credit: US$10 billion, far below what the ledger can count. */
export const MAX_BY_HAND_MILLICREDITS = 1_000n * MAX_MILLICREDITS;

/** 1 credit = 1 US cent, so a price in cents is a price in credits. */
const millicreditsPerEth = (ethUsdCents: number) => BigInt(ethUsdCents) * MILLICREDITS_PER_CREDIT;

/** Wei that buy `millicredits` at a price of one ETH in US cents, rounded up: a payment of them is never short. */
export function weiFor(millicredits: bigint, ethUsdCents: number): bigint {
  const rate = millicreditsPerEth(ethUsdCents);
  return (millicredits * WEI_PER_ETH + rate - 1n) / rate;
}

/** Base units of USDC that buy `millicredits`: always the same. */
export const usdcFor = (millicredits: bigint): bigint => millicredits * USDC_UNITS_PER_MILLICREDIT;

/** Millicredits that `wei` buy at a price of one ETH in US cents, rounded down. */
export function millicreditsFor(wei: bigint, ethUsdCents: number): bigint {
  return (wei * millicreditsPerEth(ethUsdCents)) / WEI_PER_ETH;
}

export type Paid = { asset: DepositAsset; amount: bigint; at: Date };
export type QuotedDeposit = { asset: DepositAsset; millicredits: bigint; amount: bigint; expiresAt: Date };

/** What a payment is worth. 'later': ETH has no price right now. 'never': no rule credits it, a person has to look. */
export type Worth =
  | { kind: 'credits'; millicredits: bigint; ethUsdCents: number | null }
  | { kind: 'later' }
  | { kind: 'never'; because: 'unknown_token' }
  /** At the rate of this moment, which is the one it is credited at if a person says so. */
  | { kind: 'never'; because: 'too_large'; ethUsdCents: number | null };

/**
 * What the quote promised, if the payment is of its asset and amount and was mined in time; else USDC at par, ETH at the rate (null: there
 * is none right now), rounded down to a millicredit. A token we have no rate for is worth nothing by rule, and neither is more than `limit`.
 */
export function valueDeposit(paid: Paid, quote: QuotedDeposit | null, ethUsdCents: number | null, limit = MAX_MILLICREDITS): Worth {
  if (paid.asset === 'other') return { kind: 'never', because: 'unknown_token' };
  const kept = quote !== null && quote.asset === paid.asset && quote.amount === paid.amount && paid.at <= quote.expiresAt;
  if (kept) return upTo(limit, quote.millicredits, null);
  if (paid.asset === 'usdc') return upTo(limit, paid.amount / USDC_UNITS_PER_MILLICREDIT, null);
  return ethUsdCents === null ? { kind: 'later' } : upTo(limit, millicreditsFor(paid.amount, ethUsdCents), ethUsdCents);
}

function upTo(limit: bigint, millicredits: bigint, ethUsdCents: number | null): Worth {
  return millicredits > limit ? { kind: 'never', because: 'too_large', ethUsdCents } : { kind: 'credits', millicredits, ethUsdCents };
}
