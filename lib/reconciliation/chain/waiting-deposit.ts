import { amountFinding, type Finding, factFinding } from '../finding';
import { assetUnit } from './asset-unit';
import type { DepositRow } from './deposit-rows';

const unclaimed = {
  unknown_payer:
    'Nobody is known to be the payer. It is kept, and credited when an account with that address signs in; or an operator gives it back.',
  unknown_token: 'It came in a token that credits are not sold for. It is kept, and never credited: an operator gives it back.',
  too_large: 'It is so large that a person has to look at it. It is kept until an operator credits it or gives it back.',
};

/** Of a deposit that is on the chain and is no credits yet: why, and whether that is as it should be. */
export function waitingDeposit(row: DepositRow, place: { chainId: number; cursor: bigint; confirmations: number }): Finding[] {
  const subject = `deposit ${row.txHash} #${row.ordinal}`;
  if (row.state === 'unclaimed') {
    const told = { kind: 'unclaimed', subject, severity: 'note', explanation: unclaimed[row.unclaimedBecause ?? 'unknown_payer'] } as const;
    return [amountFinding({ ...told, href: '/admin/deposits' }, assetUnit(place.chainId, row.asset), row.amount, 0n)];
  }
  if (row.state === 'refunding') {
    const explanation = 'It is being given back to its payer. The treasury’s transaction is under way.';
    return [factFinding({ kind: 'refunding', subject, severity: 'in_flight', explanation }, 'refunded', 'refunding')];
  }
  return row.state === 'seen' ? [seenDeposit(row, subject, place)] : [];
}

type Place = { cursor: bigint; confirmations: number };

function seenDeposit({ blockNumber, isPriced }: DepositRow, subject: string, { cursor, confirmations }: Place): Finding {
  const depth = cursor - blockNumber;
  if (depth < confirmations) {
    const explanation = `It has ${depth} of ${confirmations} blocks on top, and is credited when it has them.`;
    return factFinding({ kind: 'confirming', subject, severity: 'in_flight', explanation }, 'credited', 'seen');
  }
  if (!isPriced) {
    const explanation = 'It waits for a price of ETH that can be believed: the feed does not answer or is too old. An alert says so, too.';
    return factFinding({ kind: 'unpriced', subject, severity: 'in_flight', explanation }, 'credited', 'seen');
  }
  const explanation = `It has ${depth} blocks on top and should be credits since ${confirmations}. Crediting and the indexer’s cursor are one transaction: look into the worker’s log.`;
  return factFinding({ kind: 'not_credited', subject, explanation }, 'credited', 'seen');
}
