/** What is compared with what, in the order of a run. */
export const checks = {
  ledger: { title: 'The books', against: 'themselves: every balance is added up again from its transfers' },
  holds: { title: 'Credits set aside', against: 'the runs, mints and passes they are for' },
  streams: { title: 'Revenue not added up yet', against: 'what a few seconds bring' },
  runs: { title: 'Runs paid', against: 'works delivered: price, shares, payer and payee' },
  pass_runs: { title: 'Runs paid by passes', against: 'works delivered, and the terms of their tiers' },
  files: { title: 'Works delivered', against: 'the files in storage' },
  relays: { title: 'Mints and passes paid in credits', against: 'their holds and transactions' },
  refunds: { title: 'Refunds', against: 'the works they are for' },
  tokens: { title: 'Tokens and vouchers', against: 'the works they were made from' },
  deposits: { title: 'Deposits', against: 'the till’s events, read from the chain anew' },
  credited: { title: 'Credits from deposits', against: 'the deposits they are for' },
  till: { title: 'Money in the till', against: 'its deposits less its withdrawals' },
  returned: { title: 'Payments given back', against: 'the treasury’s transactions' },
  float: { title: 'ETH of the relayer', against: 'its balance on the chain' },
  keys: { title: 'What the house sent', against: 'the nonces that the chain has counted for its keys' },
  payouts: { title: 'Payouts', against: 'the ledger, and the chain where it paid them' },
  purchases: { title: 'Credits from card payments', against: 'the purchases they are for' },
  cards: { title: 'Card payments', against: 'the card processor’s charges, refunds and disputes' },
  transfers: { title: 'Payouts by Connect', against: 'the card processor’s transfers' },
} as const;
export type CheckName = keyof typeof checks;
export const checkNames = Object.keys(checks) as CheckName[];

/**
 * difference: somebody has to look. in_flight: time explains it, and it goes away by itself. note: explained, and stays until somebody
 * decides what to do with it.
 */
export type Severity = 'difference' | 'in_flight' | 'note';
/** What a finding's numbers count; null: they are words. */
export type Unit = 'millicredits' | 'wei' | 'gwei' | 'usdc' | 'token units' | 'pieces' | 'runs' | `minor ${string}` | null;

export type FindingDto = {
  id: string;
  check: CheckName;
  subject: string;
  severity: Severity;
  unit: Unit;
  expected: string;
  actual: string;
  difference: string | null;
  explanation: string;
  href: string | null;
  firstSeenAt: string;
  lastSeenAt: string;
  resolvedAt: string | null;
};

export type CheckState = 'ok' | 'in_flight' | 'differs' | 'off' | 'failed';
/** How one check of a run went. `said`: what was compared, why it is off, or why it could not be made. */
export type CheckOutcome = { check: CheckName; state: CheckState; said: string; findings: number; differences: number; ms: number };

export type RunTrigger = 'schedule' | 'operator' | 'command';
export type RunDto = {
  id: string;
  trigger: RunTrigger;
  state: 'waiting' | 'running' | 'done' | 'failed';
  createdAt: string;
  endedAt: string | null;
  /** What is being compared right now. */
  current: CheckName | null;
  outcomes: CheckOutcome[];
  error: string | null;
};
