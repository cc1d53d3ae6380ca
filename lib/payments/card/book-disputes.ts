import type { PoolClient } from 'pg';
import { smaller } from '@/lib/money';
import type { DisputeFact, DisputeState } from '@/lib/stripe/card-api';
import type { CardPurchase } from './card-purchase';
import { type DisputeRow, insertDispute, loadDisputes, saveDispute } from './dispute-rows';
import type { Disputed } from './disputed';
import { holdDisputed } from './hold-disputed';
import type { PurchaseAccounts } from './house-accounts';
import { loseDispute, winLostDispute } from './lose-dispute';
import { releaseDisputed } from './release-disputed';
import { creditsFor } from './shares';

/** Brings each dispute of a purchase to the state it has at Stripe, by way of every state that moves something. Returns whether one moved. */
export async function bookDisputes(tx: PoolClient, purchase: CardPurchase, accounts: PurchaseAccounts, facts: DisputeFact[]): Promise<boolean> {
  if (facts.length === 0) return false;
  const rows = await loadDisputes(tx, purchase.id);
  const earlier: DisputeRow[] = [];
  let changed = false;
  for (const fact of inOurOrder(facts, [...rows])) {
    const known = rows.find(({ id }) => id === fact.id);
    const dispute = known ?? (await insertDispute(tx, purchase.id, fact));
    if (!known) rows.push(dispute);
    const others = rows.filter((row) => row !== dispute);
    const moved = await step({ tx, purchase, accounts, dispute, earlier: [...earlier] }, fact, others);
    if (moved || !known) await saveDispute(tx, dispute);
    changed ||= moved || !known;
    earlier.push(dispute);
  }
  return changed;
}

/** Those that we know come first and as before, so that the stretch of spends that each concerns stays where it is. */
function inOurOrder(facts: DisputeFact[], known: DisputeRow[]): DisputeFact[] {
  const place = ({ id }: DisputeFact) => known.findIndex((row) => row.id === id);
  const old = facts.filter((fact) => place(fact) >= 0).sort((a, b) => place(a) - place(b));
  return [...old, ...facts.filter((fact) => place(fact) < 0)];
}

async function step(of: Disputed, fact: DisputeFact, others: DisputeRow[]): Promise<boolean> {
  const { dispute } = of;
  const from = dispute.state;
  const takesMoney = fact.state === 'open' || fact.state === 'lost';
  if (from === 'inquiry' && takesMoney) {
    dispute.millicredits = await disputedCredits(of, fact, others);
    await holdDisputed(of);
    await scheduleLook(of);
  } else if (from === 'open' && takesMoney) {
    // What came back to the lot meanwhile, and earnings of runs that were under way.
    const held = await holdDisputed(of);
    if (fact.state === 'open') return held;
  }
  return become(of, from, fact.state);
}

async function become(of: Disputed, from: DisputeState, to: DisputeState): Promise<boolean> {
  if (from === to || to === 'inquiry' || (from === 'lost' && to !== 'won') || from === 'won' || from === 'closed') return false;
  if (to === 'lost') await loseDispute(of);
  if (from === 'open' && (to === 'won' || to === 'closed')) await releaseDisputed(of);
  if (from === 'lost' && to === 'won') await winLostDispute(of);
  of.dispute.state = to;
  return true;
}

/** Of the purchase's credits those that stand for the disputed money, without what refunds and other disputes have taken. */
async function disputedCredits({ tx, purchase }: Disputed, fact: DisputeFact, others: DisputeRow[]): Promise<bigint> {
  const { rows } = await tx.query<{ sum: string }>(
    `SELECT coalesce(sum(millicredits), 0) AS sum FROM card_refund WHERE purchase_id = $1 AND state = 'taken'`,
    [purchase.id],
  );
  const taken = others
    .filter(({ state }) => state === 'open' || state === 'lost')
    .reduce((sum, row) => sum + row.millicredits, BigInt(rows[0]?.sum ?? 0));
  // A dispute in another currency than was charged cannot be compared: it is taken to be about all of it.
  const amount = fact.currency === purchase.currency ? smaller(fact.amountMinor, purchase.chargedMinor) : purchase.chargedMinor;
  const left = purchase.creditMillicredits - taken;
  return smaller(creditsFor(purchase.creditMillicredits, { before: 0n, amount, charged: purchase.chargedMinor }), left > 0n ? left : 0n);
}

/** Runs that were under way when the dispute opened have ended by then, one way or the other. */
async function scheduleLook({ tx, purchase }: Disputed): Promise<void> {
  await tx.query(`SELECT graphile_worker.add_job('card-sync', json_build_object('purchaseId', $1::text), run_at => now() + interval '20 minutes')`, [
    purchase.id,
  ]);
}
