import { type CorrectionUnit, type ProposeCorrectionInput, proposeCorrectionInput } from '@/lib/corrections/schema';
import { type AccountDraft, emptyAccount, toAccountInput } from './account-draft';

/** What of the reconciliation a correction is to mend. */
export type Mended = { id: string; text: string; amount: string; unit: CorrectionUnit };

export const emptyDraft = {
  debit: { ...emptyAccount, kind: 'card_clearing' } as AccountDraft,
  credit: emptyAccount,
  amount: '',
  reason: '',
  publicReason: '',
};
export type Draft = typeof emptyDraft;

/** What a finding says of it already. ETH that differs has left the relayer otherwise: what it is given is booked by itself. */
export function draftFor(mends: Mended | null): Draft {
  if (!mends) return emptyDraft;
  const draft = { ...emptyDraft, amount: mends.amount, reason: mends.text };
  if (mends.unit === 'runs') return { ...draft, debit: { ...emptyAccount, kind: 'runs_granted' }, credit: { ...emptyAccount, kind: 'pass_runs' } };
  if (mends.unit !== 'gwei') return draft;
  return { ...draft, debit: { ...emptyAccount, kind: 'relayer_float' }, credit: { ...emptyAccount, kind: 'float_source' } };
}

/** '1,000' → '1000'. */
export const plain = (amount: string): string => amount.replace(/[,\s]/g, '');

/** What the server is asked. */
export function toProposal(id: string, { debit, credit, amount, ...texts }: Draft, mends: Mended | null): ProposeCorrectionInput {
  return { id, findingId: mends?.id, debit: toAccountInput(debit), credit: toAccountInput(credit), amount: plain(amount), ...texts };
}

const wrongWords: Record<string, string> = {
  debit: 'Say which account it comes from: whose it is, or its number.',
  credit: 'Say which account it goes to: whose it is, or its number.',
  amount: 'The amount is a whole number above zero.',
  reason: 'Say why, in a few words.',
};

/** The first thing that the server would not take, in words. */
export function wrongIn(input: ProposeCorrectionInput): string | null {
  const parsed = proposeCorrectionInput.safeParse(input);
  return parsed.success ? null : (wrongWords[String(parsed.error.issues[0]?.path[0])] ?? 'Some of this is not valid.');
}
