import type { AccountKind } from '@/lib/credits/accounts';

/** Accounts that a correction may name, in the operator's words. Not `payout_clearing`: a payout ends by its own use-cases alone. */
export const accountNames = {
  collector_purchased: 'Collector: bought by card',
  collector_onchain: 'Collector: bought on-chain',
  collector_bonus: 'Collector: bonus',
  collector_debt: 'Collector: what they owe',
  creator_available: 'Creator: can be paid out',
  creator_pending: 'Creator: pending of a day',
  paid_out: 'Creator: paid out',
  card_clearing: 'House: sold by card',
  till_clearing: 'House: sold at the till',
  promotion: 'House: given away',
  write_off: 'House: losses it bears',
  platform_fee: 'House: fees of runs',
  relay_fee: 'House: fees of mints',
  dispute_reserve: 'House: disputed, by purchase',
  relayer_float: 'House: ETH of the relayer',
  float_source: 'House: where that ETH comes from and goes',
  gas_spent: 'House: gas that was used',
  pass_runs: 'Pass: runs it includes',
  runs_granted: 'House: runs given to passes',
  runs_used: 'House: runs of passes that were used',
} as const satisfies Partial<Record<AccountKind, string>>;
export type NamedKind = keyof typeof accountNames;
export const namedKinds = Object.keys(accountNames) as NamedKind[];

/** What these accounts count is runs that passes include. */
export const runKinds: readonly AccountKind[] = ['pass_runs', 'runs_granted', 'runs_used'];
/** What these count is gwei; all others count millicredits. */
export const gweiKinds: readonly AccountKind[] = ['relayer_float', 'float_source', 'gas_spent'];
