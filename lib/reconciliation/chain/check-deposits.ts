import { env } from '@/lib/env';
import { amountFinding, type Check, type Finding, factFinding } from '../finding';
import { type DepositReading, type DepositRow, readDeposits } from './deposit-rows';
import { matchDeposits } from './match-deposits';
import { readTill, type TillReading } from './read-till';

/** The indexer looks every second; a worker that restarts needs some. */
const BEHIND_MINUTES = 10;

/** Every payment at the till, read from the chain anew, against our rows. */
export const checkDeposits: Check = {
  name: 'deposits',
  run: async (context) => {
    const chain = await readTill(context);
    const books = await context.snapshot((sql) => readDeposits(sql, chain.chainId, chain.head));
    const paid = chain.events.filter(({ kind }) => kind === 'deposit');
    if (!books.cursor) return { compared: 'nothing is indexed yet', findings: paid.length > 0 ? [notIndexed(chain)] : [] };
    const { number, hash } = books.cursor;
    const there = await chain.client.getBlock({ blockNumber: number, includeTransactions: false });
    if (there.hash !== hash) return { compared: `the chain forked below block ${number}`, findings: [forked(number, there.hash, hash)] };
    const events = paid.filter(({ log }) => log.blockNumber <= number);
    const standing = books.rows.filter(({ state }) => state !== 'reversed');
    const { pairs, findings } = matchDeposits(events, standing);
    return {
      compared: `${events.length} payments on the chain and ${standing.length} in our books, up to block ${number}`,
      findings: [...behind(chain, books, paid.length - events.length), ...findings, ...pairs.flatMap(([, row]) => waiting(row, number))],
    };
  },
};

function waiting(row: DepositRow, cursor: bigint): Finding[] {
  const subject = `deposit ${row.txHash} #${row.ordinal}`;
  const depth = cursor - row.blockNumber;
  if (row.state === 'unclaimed') {
    const explanation =
      'Nobody is known to be the payer. It is kept, and credited when an account with that address signs in; an operator can refund it.';
    return [amountFinding({ kind: 'unclaimed', subject, severity: 'note', explanation }, 'wei', row.amount, 0n)];
  }
  if (row.state !== 'seen') return [];
  if (depth < env.CONFIRMATIONS) {
    const explanation = `It has ${depth} of ${env.CONFIRMATIONS} blocks on top, and is credited when it has them.`;
    return [factFinding({ kind: 'confirming', subject, severity: 'in_flight', explanation }, 'credited', 'seen')];
  }
  const explanation = `It has ${depth} blocks on top and should be credits since ${env.CONFIRMATIONS}. Crediting and the indexer’s cursor are one transaction: look into the worker’s log.`;
  return [factFinding({ kind: 'not_credited', subject, explanation }, 'credited', 'seen')];
}

/** Payments in blocks that the indexer has not read yet are on their way; unless it stopped. */
function behind({ head }: TillReading, { cursor }: DepositReading, payments: number): Finding[] {
  if (!cursor || (head === cursor.number && payments === 0)) return [];
  const minutes = Math.floor((Date.now() - cursor.at.getTime()) / 60_000);
  const isLate = head > cursor.number && minutes >= BEHIND_MINUTES;
  const explanation = isLate
    ? `The indexer stands at block ${cursor.number}, which is ${minutes} minutes old, with ${payments} payments after it. See whether a worker is alive, and whether an alert says that it halted.`
    : `${payments} payments are in blocks that the indexer is about to read.`;
  if (payments === 0 && !isLate) return [];
  return [
    factFinding(
      { kind: 'indexer_behind', subject: 'indexer', severity: isLate ? 'difference' : 'in_flight', explanation },
      `block ${head}`,
      `block ${cursor.number}`,
    ),
  ];
}

function notIndexed({ head }: TillReading): Finding {
  const explanation = 'The till was paid, and the indexer has not read a block yet. See whether a worker is alive.';
  return factFinding({ kind: 'indexer_behind', subject: 'indexer', explanation }, `block ${head}`, 'no block');
}

function forked(number: bigint, theirs: string, ours: string): Finding {
  const explanation =
    'The chain has another block at this height than the one we followed. The indexer goes back by itself; below the confirmed depth it halts, and an alert says so.';
  return factFinding({ kind: 'forked', subject: `block ${number}`, severity: 'in_flight', explanation }, theirs, ours);
}
