import { amountFinding, type Finding, factFinding } from '../finding';
import { groupBy } from '../group-by';
import { assetUnit } from './asset-unit';
import type { DepositRow } from './deposit-rows';
import type { TillEvent } from './read-till';

export type Matched = { pairs: [TillEvent, DepositRow][]; findings: Finding[] };

/**
 * Pairs the till's events with our rows. Both are in order within a transaction, so they are paired by place there: a row's ordinal would need
 * the receipt of every transaction.
 */
export function matchDeposits(chainId: number, events: TillEvent[], rows: DepositRow[]): Matched {
  const [onChain, inBooks] = [groupBy(events, ({ log }) => placeOf(log)), groupBy(rows, placeOf)];
  const pairs: [TillEvent, DepositRow][] = [];
  const findings: Finding[] = [];
  for (const key of new Set([...onChain.keys(), ...inBooks.keys()])) {
    const [theirs, ours] = [onChain.get(key) ?? [], inBooks.get(key) ?? []];
    for (let i = 0; i < Math.max(theirs.length, ours.length); i++) {
      const [event, row] = [theirs[i], ours[i]];
      if (event && row) pairs.push([event, row]);
      else if (event) findings.push(unknownPayment(chainId, event));
      else if (row) findings.push(missingOnChain(chainId, row));
    }
  }
  return { pairs, findings: [...findings, ...pairs.flatMap((pair) => compare(chainId, pair))] };
}

const placeOf = ({ blockHash, txHash }: { blockHash: string; txHash: string }) => `${blockHash} ${txHash}`;

function unknownPayment(chainId: number, { till, asset, amount, payer, log }: TillEvent): Finding {
  const explanation = `${payer} paid into the till ${till} at block ${log.blockNumber}, and we have no row for it: nobody was credited. Have the indexer read these blocks again.`;
  const subject = `deposit ${log.txHash} (log ${log.logIndex})`;
  return amountFinding({ kind: 'unknown_payment', subject, explanation }, assetUnit(chainId, asset), amount, 0n);
}

function missingOnChain(chainId: number, { txHash, ordinal, asset, amount, blockNumber, state }: DepositRow): Finding {
  const loss = state === 'refunded' ? 'It was given back all the same, so the house has lost the amount.' : 'Take back what was credited for it.';
  const explanation = `Our row (${state}) says that it was paid at block ${blockNumber}, and the chain has no such event. ${loss}`;
  return amountFinding({ kind: 'not_on_chain', subject: `deposit ${txHash} #${ordinal}`, explanation }, assetUnit(chainId, asset), 0n, amount);
}

function compare(chainId: number, [event, row]: [TillEvent, DepositRow]): Finding[] {
  const subject = `deposit ${row.txHash} #${row.ordinal}`;
  const findings: Finding[] = [];
  if (event.amount !== row.amount) {
    const explanation = 'Our row says another amount than the chain does: somebody changed it. Correct what was credited for it.';
    findings.push(amountFinding({ kind: 'wrong_amount', subject, explanation }, assetUnit(chainId, event.asset), event.amount, row.amount));
  }
  if (event.payer !== row.payer || event.memo !== row.memo || event.asset !== row.asset) {
    const explanation =
      'Our row names another payer, memo or asset than the chain does: it may have been credited to the wrong account, or too much.';
    findings.push(factFinding({ kind: 'wrong_payer', subject, explanation }, told(event), told(row)));
  }
  return findings;
}

const told = ({ payer, memo, asset }: Pick<TillEvent, 'payer' | 'memo' | 'asset'>) => `${payer} ${memo} ${asset}`;
