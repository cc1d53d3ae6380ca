import type { Halt } from '@/lib/chain/indexer/halt';
import { type Finding, factFinding } from '../finding';
import type { DepositReading } from './deposit-rows';

/** The indexer looks every second; a worker that restarts needs some. */
const BEHIND_MINUTES = 10;

type Ahead = { head: bigint; payments: number; nowMs: number };

/** Payments in blocks that the indexer has not read yet are on their way; unless it stopped. */
export function behindFindings(cursor: DepositReading['cursor'], { head, payments, nowMs }: Ahead): Finding[] {
  if (!cursor) return payments > 0 ? [notIndexed(head)] : [];
  const minutes = Math.floor((nowMs - cursor.at.getTime()) / 60_000);
  const isLate = head > cursor.number && minutes >= BEHIND_MINUTES;
  if (payments === 0 && !isLate) return [];
  const explanation = isLate
    ? `The indexer stands at block ${cursor.number}, which is ${minutes} minutes old, with ${payments} payments after it. See whether a worker is alive.`
    : `${payments} payments are in blocks that the indexer is about to read.`;
  const severity = isLate ? 'difference' : 'in_flight';
  return [factFinding({ kind: 'indexer_behind', subject: 'indexer', severity, explanation }, `block ${head}`, `block ${cursor.number}`)];
}

function notIndexed(head: bigint): Finding {
  const explanation = 'The till was paid, and the indexer has not read a block yet. See whether a worker is alive.';
  return factFinding({ kind: 'indexer_behind', subject: 'indexer', explanation }, `block ${head}`, 'no block');
}

/** The chain has another block where the indexer stands. */
export function forkedFinding(number: bigint, hashes: { theirs: string; ours: string }, halt: Halt | null): Finding {
  const subject = `block ${number}`;
  if (halt) {
    const explanation = 'The chain forked below the confirmed depth, and is not indexed until an operator acknowledges the alert of it.';
    return factFinding({ kind: 'halted', subject, href: '/admin/alerts', explanation }, hashes.theirs, hashes.ours);
  }
  const explanation = 'The chain has another block at this height than the one we followed. The indexer goes back by itself with its next look.';
  return factFinding({ kind: 'forked', subject, severity: 'in_flight', explanation }, hashes.theirs, hashes.ours);
}
