import type { EntryCode } from '@/lib/credits/schema';

/** Why a line is there. The same words on the page and in the file. */
export const reasons: Record<EntryCode, string> = {
  purchase: 'Bought by card',
  bonus: 'Bonus',
  bonus_expired: 'Bonus expired',
  deposit: 'Bought on-chain',
  deposit_reversal: 'Payment undone by the chain',
  grant: 'Given by Intaglio',
  run: 'Work delivered',
  run_refund: 'Given back: the work could not be kept, or its model’s creator gave their share back',
  relay: 'Minted with credits',
  card_refund: 'Card payment refunded',
  dispute_hold: 'Set aside: the card payment is disputed',
  dispute_won: 'Given back: the dispute is over',
  debt_repaid: 'Debt repaid',
  released: 'Run ended without a work; its hold was let go',
  expired: 'Run ended without a work; its hold was let go',
  correction: 'Correction',
  // These two stand on a pass's own statement.
  included: 'Runs of a new period',
  included_expired: 'Period over: what was left went back',
  included_back: 'Run of a period that was over: to be had for a day more',
  relay_refund: 'Given back: the pass was returned',
};

/** Of a hold that was for a mint, not for a run. */
export const MINT_ENDED = 'Mint with credits did not go through; its hold was let go';

/** Of a pass that the house bought or renewed for somebody. */
export const PASS_BOUGHT = 'Pass bought with credits';
export const PASS_ENDED = 'Pass could not be bought with credits; its hold was let go';
export const PASS_RENEWED = 'Pass renewed with credits';
export const PASS_NOT_RENEWED = 'Pass could not be renewed with credits; its hold was let go';
export const PASS_RETURN_UNDONE = 'Taken back: the chain undid the return of the pass';

/** Of a run that a pass included: its lines of credits are what was not included. */
export const SHARE_OF_INCLUDED = 'The run was one that a pass includes: this went to the creator of what it was made from.';
