import type { PoolClient } from 'pg';
import { raiseAlert } from '@/lib/alerts/raise-alert';
import { type Database, inTransaction } from '@/lib/db';
import { endPayout } from './end-payout';
import { lockClaim } from './find-claim';
import { payoutAmount } from './payout-amount';
import { lockPayout } from './payout-row';
import type { PayoutRail, SendingPayout, SendOutcome } from './rails/rail';
import type { Rail } from './schema';

/** Everything outside that sending needs: the ways out, and what an ETH costs (in US cents, with where that is from). */
export type PayoutOutlets = { rails: Record<Rail, PayoutRail>; ethRate: () => Promise<{ usdCents: number; source: string }> };

/**
 * Sends an approved payout. May be called at any time, by several at once, and again after any crash: what was begun is looked for on
 * the other side before anything is sent, and each rail sends a payout once.
 */
export async function sendPayout(db: Database, outlets: PayoutOutlets, id: string): Promise<void> {
  const begun = await beginSending(db, outlets, id);
  if (!begun) return;
  const outcome = await findOrSend(outlets.rails[begun.rail], begun.payout);
  if (outcome.state !== 'pending') await finishPayout(db, id, outcome);
}

/**
 * Fixes the amount and the state before anything leaves. Null when there is nothing to send: it ended, was not approved, or its creator has
 * come to owe credits. That one is looked at again every minute (`enqueueForgotten`), and operators see why it waits.
 */
async function beginSending(db: Database, { ethRate }: PayoutOutlets, id: string): Promise<{ rail: Rail; payout: SendingPayout } | null> {
  const approved = await db.prisma.payout.findFirst({ where: { id, state: 'approved' }, select: { rail: true } });
  const rate = approved?.rail === 'eth' ? await ethRate() : null;
  return inTransaction(db.pool, async (tx) => {
    const payout = await lockPayout(tx, id);
    const { rail, destination } = payout;
    if (payout.state === 'sending' && payout.amountOut !== null) return { rail, payout: { id, destination, amountOut: payout.amountOut } };
    // Approved between the two looks: the next attempt has the rate.
    if (payout.state !== 'approved' || (rail === 'eth' && !rate)) return null;
    if (await lockClaim(tx, payout.creatorId)) return null;
    const amountOut = payoutAmount(rail, payout.millicredits, rate?.usdCents ?? 0);
    await tx.query(`UPDATE payout SET state = 'sending', sending_at = now(), amount_out = $2, eth_usd_cents = $3, rate_source = $4 WHERE id = $1`, [
      id,
      amountOut.toString(),
      rate?.usdCents ?? null,
      rate?.source ?? null,
    ]);
    return { rail, payout: { id, destination, amountOut } };
  });
}

async function findOrSend(rail: PayoutRail, payout: SendingPayout): Promise<SendOutcome> {
  const before = await rail.findOutcome(payout);
  if (before.state !== 'none') return before;
  const outcome = await rail.send(payout);
  if (outcome.state !== 'failed') return outcome;
  // Credits go back only when the other side has nothing of it.
  const after = await rail.findOutcome(payout);
  return after.state === 'none' ? outcome : after;
}

/** Writes what became of a payout, once. Whoever comes second finds it ended and does nothing. */
async function finishPayout(db: Database, id: string, outcome: Exclude<SendOutcome, { state: 'pending' }>): Promise<void> {
  await inTransaction(db.pool, async (tx) => {
    const payout = await lockPayout(tx, id);
    if (payout.state === 'sending') return endPayout(tx, payout, outcome);
    if (payout.state !== outcome.state) await tellOfContradiction(tx, id, payout.state, outcome.state);
  });
}

async function tellOfContradiction(tx: PoolClient, id: string, ended: string, outcome: string): Promise<void> {
  await raiseAlert(tx, {
    key: `payout-contradiction:${id}`,
    kind: 'payout_contradiction',
    text: `A payout that ended as ${ended} was later seen as ${outcome}. Look at the other side, and correct the books by hand.`,
    details: { payout: id, ended, outcome },
  });
}
