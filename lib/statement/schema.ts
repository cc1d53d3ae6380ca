import { z } from 'zod';
import type { EntryCode } from '@/lib/credits/schema';
import type { CardPurchaseDto } from '@/lib/payments/card/schema';

/** What a statement can be narrowed to: words of a person, not codes of the books. */
export const statementKinds = ['bought', 'spent', 'back', 'bonus', 'card', 'chain', 'free'] as const;
export type StatementKind = (typeof statementKinds)[number];

export const kindLabels: Record<StatementKind, string> = {
  bought: 'Bought',
  spent: 'Spent',
  back: 'Given back',
  bonus: 'Bonus',
  card: 'Card payments',
  chain: 'On-chain payments',
  free: 'Runs that cost nothing',
};

export const codesOf: Record<StatementKind, EntryCode[]> = {
  bought: ['purchase', 'deposit'],
  spent: ['run', 'relay'],
  back: ['run_refund', 'dispute_won', 'relay_refund'],
  bonus: ['bonus', 'bonus_expired', 'grant'],
  card: ['purchase', 'card_refund', 'dispute_hold', 'dispute_won'],
  chain: ['deposit', 'deposit_reversal'],
  free: ['released', 'expired'],
};

const first = (value: unknown) => (Array.isArray(value) ? value[0] : value) || undefined;
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(first, schema.optional()).catch(undefined);

/** The filter as it stands in a page's address. What makes no sense is left out: an old or mistyped link still shows a statement. */
export const statementFilter = z.object({
  kind: optional(z.enum(statementKinds)),
  /** First and last day, in UTC, both included. */
  from: optional(z.iso.date()),
  to: optional(z.iso.date()),
  cursor: optional(z.string().regex(/^\d{1,18}$/)),
});
export type StatementFilter = z.output<typeof statementFilter>;

/** Lines that belong together (one payment taken from several lots) are one. */
export type StatementLineDto = {
  seq: string;
  at: string;
  code: EntryCode;
  changeMillicredits: string;
  /** Of a hold that was let go: what it had set aside. */
  heldMillicredits: string;
  balanceMillicredits: string;
  ref: string;
  /** Why, in words. */
  reason: string;
  /** What it was about: a model's name, what was paid. */
  about: { text: string; href: string | null } | null;
  /** What else a person should know: why a run ended, what of a payment repaid a debt. */
  note: string | null;
  /** Of a payment on the chain. */
  txHash: string | null;
};
export type StatementLines = { lines: StatementLineDto[]; nextCursor: string | null };

/** Credits set aside right now, and the run they wait for. */
/** `expiresAt` null: it ends when something else does. */
export type OpenHoldLineDto = { ref: string; amountMillicredits: string; at: string; expiresAt: string | null; text: string; href: string | null };

/** Of a payment at the till. */
export type DepositReceiptDto = {
  ref: string;
  /** The account's address. */
  buyer: string;
  asset: 'eth' | 'usdc';
  /** Wei, or base units of USDC. */
  amount: string;
  millicredits: string;
  /** What of it repaid a debt and so was never added to the balance. */
  repaidMillicredits: string;
  /** Quoted before paying, or of the moment it was seen. US cents for one ETH and the feed that said so; null for USDC, which is at par. */
  rate: { quoted: boolean; ethUsdCents: number | null; source: string | null };
  txHash: string;
  chainId: number;
  blockNumber: string;
  payer: string;
  paidAt: string;
  creditedAt: string | null;
  /** The chain took its block back, and the credits with it. */
  reversed: boolean;
};

/** A change of what a person owes: signed, more is above zero. */
export type DebtMoveDto = { at: string; reason: string; changeMillicredits: string };

/** Of a purchase by card. */
export type CardReceiptDto = CardPurchaseDto & {
  buyer: string;
  /** What of it repaid a debt and so was never added to the balance. */
  repaidMillicredits: string;
};
