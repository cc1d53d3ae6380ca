import { z } from 'zod';
import { uuidInput } from '@/lib/uuid-input';

/** Smallest payout, in credits: below it what a transfer costs is out of proportion. */
export const MINIMUM_PAYOUT_CREDITS = 1_000;
const MAXIMUM_PAYOUT_CREDITS = 100_000_000;

export const RAILS = ['connect', 'eth', 'usdc'] as const;
export type Rail = (typeof RAILS)[number];
export type PayoutState = 'requested' | 'approved' | 'sending' | 'sent' | 'failed' | 'cancelled';

/** Whole credits: every rail can pay a cent exactly. The id is made by the caller, so that a request sent twice is one payout. */
export const requestPayoutInput = z.object({
  id: uuidInput,
  credits: z.number().int().min(MINIMUM_PAYOUT_CREDITS).max(MAXIMUM_PAYOUT_CREDITS),
  rail: z.enum(RAILS),
});
export type RequestPayoutInput = z.output<typeof requestPayoutInput>;

export const decidePayoutInput = z.object({ id: uuidInput });
export const rejectPayoutInput = z.object({ id: uuidInput, reason: z.string().trim().min(3).max(300) });
export type RejectPayoutInput = z.output<typeof rejectPayoutInput>;

export type PayoutDto = {
  id: string;
  millicredits: string;
  rail: Rail;
  destination: string;
  state: PayoutState;
  /** What left, in the smallest unit of its rail (US cents, wei, millionths of USDC); null before it is fixed. */
  amountOut: string | null;
  txHash: string | null;
  error: string | null;
  requestedAt: string;
  endedAt: string | null;
};

/** Why a creator is not paid out now: they owe credits, or a payment of theirs is disputed. */
export type PayoutClaim = 'owes' | 'disputed';

/** What an operator sees of a payout that waits. `decidable`, `rejectable`: whether this operator may say yes or no to it now. */
export type OpenPayoutDto = PayoutDto & {
  creator: string;
  approvals: { operator: string; at: string }[];
  approvalsNeeded: number;
  /** While there is one, the payout is neither approved nor sent. */
  claim: PayoutClaim | null;
  decidable: boolean;
  rejectable: boolean;
};

/** What a creator has earned and not been paid. `maturing`: card earnings by the day they become available. */
export type EarningsDto = {
  pendingMillicredits: string;
  availableMillicredits: string;
  onTheWayMillicredits: string;
  paidMillicredits: string;
  maturing: { day: string; millicredits: string }[];
};

/** A way of being paid: ready, or why not. `setUp`: the creator still has to do their part, for the first time or on. */
export type RailOptionDto = { rail: Rail; ready: boolean; destination: string | null; note: string; setUp?: 'never' | 'begun' };

/** What a day brought from one source. 'run': fees of a model of the creator's. 'share': a derivative of theirs was run (the model that ran). */
export type EarningsSourceDto = {
  day: string;
  kind: 'run' | 'share' | 'refund' | 'dispute' | 'correction';
  modelName: string | null;
  modelSlug: string | null;
  millicredits: string;
  runs: number;
};
