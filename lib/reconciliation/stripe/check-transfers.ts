import type { PoolClient } from 'pg';
import type { AccountReader, ListedTransfer } from '@/lib/stripe/account-reader';
import { openAccountReader } from '@/lib/stripe/open-account-reader';
import { stripeAvailability } from '@/lib/stripe/settings';
import { amountFinding, type Check, type Finding, factFinding } from '../finding';
import { groupBy } from '../group-by';
import { EVENT_MINUTES, isYoung } from './minutes';

type ConnectPayout = { id: string; state: string; destination: string; cents: string };
const PAYOUTS_PAGE = '/admin/payouts';

/** Every transfer in our account at the card processor against the payouts that asked for it. */
export const checkTransfers: Check = {
  name: 'transfers',
  run: async ({ snapshot }) => {
    const stripe = stripeAvailability();
    if (!stripe.on) return { off: stripe.why };
    const reader = openAccountReader();
    // Our rows first: what they say was sent is there then.
    const payouts = await snapshot(readPayouts);
    const transfers = await reader.listTransfers();
    return { compared: `${payouts.length} payouts, ${transfers.length} transfers`, findings: compare(payouts, transfers, reader) };
  },
};

async function readPayouts(sql: PoolClient): Promise<ConnectPayout[]> {
  const { rows } = await sql.query<ConnectPayout>(
    `SELECT id, state::text, destination, millicredits / 1000 AS cents FROM payout WHERE rail = 'connect' ORDER BY requested_at DESC`,
  );
  return rows;
}

function compare(payouts: ConnectPayout[], transfers: ListedTransfer[], reader: AccountReader): Finding[] {
  const byPayout = groupBy(transfers, ({ payoutId }) => payoutId ?? '');
  const known = new Set(payouts.map(({ id }) => id));
  const stray = transfers.filter(({ payoutId }) => !known.has(payoutId ?? '')).map((transfer) => strayTransfer(transfer, reader));
  return [...payouts.flatMap((payout) => ofPayout(payout, byPayout.get(payout.id) ?? [])), ...stray];
}

function ofPayout({ id, state, destination, cents }: ConnectPayout, transfers: ListedTransfer[]): Finding[] {
  const told = { subject: `payout ${id}`, href: PAYOUTS_PAGE };
  const standing = transfers.filter(({ reversed }) => !reversed);
  const paid = standing.reduce((sum, { amountCents }) => sum + amountCents, 0n);
  const expected = state === 'sent' ? BigInt(cents) : 0n;
  if (state === 'sending' && paid > 0n) {
    const explanation = 'It was sent, and its payout is about to be ended.';
    const severity = 'in_flight' as const;
    return [amountFinding({ ...told, kind: 'sending', severity, graceMinutes: EVENT_MINUTES, explanation }, 'minor usd', BigInt(cents), paid)];
  }
  if (paid !== expected) {
    const explanation =
      paid > expected
        ? `More left for this payout (${state}) than it says. Reverse the transfer in the dashboard, if the account still has it.`
        : 'The payout says it was sent, and less of it stands: the transfer is missing or was reversed. Talk to the creator, and correct the books.';
    return [amountFinding({ ...told, kind: paid > expected ? 'paid_too_much' : 'not_paid', explanation }, 'minor usd', expected, paid)];
  }
  const elsewhere = standing.find(({ accountId }) => accountId !== destination);
  if (!elsewhere) return [];
  const explanation = 'The transfer of this payout went to another account than the payout says.';
  return [factFinding({ ...told, kind: 'wrong_account', explanation }, destination, elsewhere.accountId)];
}

function strayTransfer({ id, amountCents, accountId, at }: ListedTransfer, reader: AccountReader): Finding {
  const explanation = `Money was sent to ${accountId}, and no payout of ours asked for it. If it was made by hand in the dashboard, correct the books for it.`;
  const severity = isYoung(at) ? 'in_flight' : 'difference';
  const told = {
    kind: 'transfer_without_payout',
    subject: `transfer ${id}`,
    severity,
    href: reader.pageOf('connect/transfers', id),
    explanation,
  } as const;
  return amountFinding(told, 'minor usd', 0n, amountCents);
}
