/** Amounts are millicredits as decimal strings. */
export type BalanceDto = { availableMillicredits: string; heldMillicredits: string };

/** One line of a statement, newest first. `released` lines are holds that were let go: they move nothing, and say why. */
export type StatementEntryDto = {
  id: string;
  at: string;
  kind: 'deposit' | 'deposit_reversal' | 'grant' | 'run' | 'run_refund' | 'held' | 'released';
  /** Signed: what it did to the balance. */
  changeMillicredits: string;
  heldMillicredits: string;
  /** The generation for runs and holds. */
  ref: string;
};
export type StatementPage = { entries: StatementEntryDto[]; nextCursor: string | null };
