/** Amounts are millicredits as decimal strings. `frozen`: a dispute or a debt stops new spending; `disputed`: a dispute does. */
export type BalanceDto = {
  availableMillicredits: string;
  heldMillicredits: string;
  byBucket: { bonus: string; purchased: string; onchain: string };
  /** Of the bonus: what expires first, and when. */
  expiring: { amountMillicredits: string; at: string } | null;
  owedMillicredits: string;
  frozen: boolean;
  disputed: boolean;
};

export const entryCodes = [
  'purchase',
  'bonus',
  'bonus_expired',
  'deposit',
  'deposit_reversal',
  'grant',
  'run',
  'run_refund',
  'relay',
  'card_refund',
  'dispute_hold',
  'dispute_won',
  'debt_repaid',
  'released',
  'expired',
  'correction',
  'included',
  'included_expired',
  'included_back',
  'relay_refund',
] as const;
export type EntryCode = (typeof entryCodes)[number];

/** One line of a statement, newest first. `released` and `expired` are holds that were let go: they move nothing, and say so. */
export type StatementEntryDto = {
  /** Counts a collector's lines without a gap. */
  seq: string;
  at: string;
  code: EntryCode;
  /** Signed: what it did to the balance. */
  changeMillicredits: string;
  heldMillicredits: string;
  /** What was had after it, held credits included. */
  balanceMillicredits: string;
  /** The generation of runs and holds, the purchase, the deposit's transfer. */
  ref: string;
};
export type StatementPage = { entries: StatementEntryDto[]; nextCursor: string | null };

/** Credits set aside right now. */
export type OpenHoldDto = { ref: string; amountMillicredits: string; at: string; expiresAt: string };
