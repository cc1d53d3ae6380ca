import type { AccountReader } from '@/lib/stripe/account-reader';
import type { ListedDispute, ListedRefund } from '@/lib/stripe/card-api';
import { amountFinding, type Finding, factFinding } from '../finding';
import type { DisputeRow, RefundRow } from './card-rows';
import { EVENT_MINUTES, isYoung } from './minutes';

type Listed = { noun: 'refund' | 'dispute'; id: string; amount: bigint; currency: string; state: string; at: Date; href: string | null };
type Row = { id: string; amount: bigint; currency: string; state: string };

/** Refunds of our payments, and what the books made of them. */
export function compareRefunds(rows: RefundRow[], listed: ListedRefund[], reader: AccountReader): Finding[] {
  const facts = listed.map(({ id, amountMinor, currency, state, at, paymentIntentId }) => {
    const href = paymentIntentId ? reader.pageOf('payments', paymentIntentId) : null;
    return { noun: 'refund' as const, id, amount: amountMinor, currency, state, at, href };
  });
  return compareClaims('refund', rows, facts);
}

/** Disputes of our payments, and where the books have them. */
export function compareDisputes(rows: DisputeRow[], listed: ListedDispute[], reader: AccountReader): Finding[] {
  const facts = listed.map(({ id, amountMinor, currency, state, at }) => {
    return { noun: 'dispute' as const, id, amount: amountMinor, currency, state, at, href: reader.pageOf('disputes', id) };
  });
  return compareClaims('dispute', rows, facts);
}

function compareClaims(noun: Listed['noun'], rows: Row[], facts: Listed[]): Finding[] {
  const known = new Map(rows.map((row) => [row.id, row]));
  const told = new Set(facts.map(({ id }) => id));
  return [...facts.flatMap((fact) => compare(fact, known.get(fact.id))), ...rows.filter(({ id }) => !told.has(id)).map((row) => invented(noun, row))];
}

function compare({ noun, id, amount, currency, state, at, href }: Listed, row: Row | undefined): Finding[] {
  const told = { subject: `${noun} ${id}`, href };
  if (!row) {
    const severity = isYoung(at) ? 'in_flight' : 'difference';
    const explanation = isYoung(at)
      ? `The ${noun} is new; the event that tells us of it is on its way, or is being handled.`
      : `The card processor has this ${noun}, and our books do not. See whether events arrive, and the errors of their rows.`;
    return [amountFinding({ ...told, kind: 'unknown_claim', severity, explanation }, `minor ${currency}`, amount, 0n)];
  }
  if (row.amount !== amount) {
    const explanation = `The ${noun} is about another amount than our row says. Correct what was taken for it.`;
    return [amountFinding({ ...told, kind: 'wrong_amount', explanation }, `minor ${currency}`, amount, row.amount)];
  }
  if (row.state === state) return [];
  const explanation = `The ${noun} has moved on at the card processor; the event that tells us of it is on its way, or is being handled.`;
  return [factFinding({ ...told, kind: 'other_state', severity: 'in_flight', graceMinutes: EVENT_MINUTES, explanation }, state, row.state)];
}

function invented(noun: Listed['noun'], { id, amount, currency }: Row): Finding {
  const explanation = `Our books have this ${noun}, and the card processor does not. Give back what was taken for it, and find out who wrote the row.`;
  return amountFinding({ kind: 'invented_claim', subject: `${noun} ${id}`, explanation }, `minor ${currency}`, 0n, amount);
}
