import { z } from 'zod';
import type { AccountKind } from '@/lib/credits/accounts';
import { uuidInput } from '@/lib/uuid-input';
import { namedKinds } from './account-names';

const reason = z.string().trim().min(3).max(1000);
const owner = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(house|0x[0-9a-f]{40}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[1-9]\d{0,9}:0x[0-9a-f]{40}:[1-9]\d{0,17})$/);

/** By its number, or by what it is, whose (`house`, an address, a user's id, or a pass), and of which purchase, deposit, day or period. */
export const accountInput = z.union([
  z.object({ id: z.string().regex(/^-?\d{1,18}$/) }),
  z.object({ kind: z.enum(namedKinds), owner, sub: z.string().trim().max(80).default('') }),
]);
export type AccountInput = z.output<typeof accountInput>;

/** The id is made by the caller, so that a proposal sent twice is one. */
export const proposeCorrectionInput = z.object({
  id: uuidInput,
  debit: accountInput,
  credit: accountInput,
  /** Millicredits, gwei, or runs, as the accounts count. */
  amount: z.string().regex(/^[1-9]\d{0,17}$/),
  reason,
  publicReason: z.string().trim().max(300).optional(),
  /** What of the reconciliation it mends. */
  findingId: uuidInput.optional(),
});
export type ProposeCorrectionInput = z.output<typeof proposeCorrectionInput>;

export const writeOffInput = z.object({ id: uuidInput, userId: uuidInput, reason });
export type WriteOffInput = z.output<typeof writeOffInput>;

export const decideCorrectionInput = z.object({ id: uuidInput });
export const refuseCorrectionInput = z.object({ id: uuidInput, because: z.string().trim().min(3).max(300) });
export type RefuseCorrectionInput = z.output<typeof refuseCorrectionInput>;

export type CorrectionKind = 'correction' | 'write_off';
export type CorrectionState = 'proposed' | 'posted' | 'refused';
export type CorrectionUnit = 'millicredits' | 'gwei' | 'runs';

/** An account as an operator sees it. `owner`: an address, or `house`. */
export type CorrectedAccountDto = { id: string; kind: AccountKind; owner: string; sub: string; available: string };

/** `approvable`, `refusable`: whether the operator who looks may say yes or no to it now. */
export type CorrectionDto = {
  id: string;
  kind: CorrectionKind;
  state: CorrectionState;
  debit: CorrectedAccountDto;
  credit: CorrectedAccountDto;
  amount: string;
  unit: CorrectionUnit;
  reason: string;
  publicReason: string | null;
  approvalsNeeded: number;
  proposedBy: string;
  proposedAt: string;
  decidedBy: string | null;
  decidedAt: string | null;
  refusedBecause: string | null;
  approvable: boolean;
  refusable: boolean;
};

export type DebtCause = 'card' | 'chain' | 'correction';
/** Who owes, since when and why. `reserve`: creators' earnings that wait for it. `proposed`: a second operator has to decide on its write-off. */
export type DebtDto = {
  userId: string;
  address: string;
  owedMillicredits: string;
  reserveMillicredits: string;
  since: string;
  causes: DebtCause[];
  proposed: boolean;
  own: boolean;
};
