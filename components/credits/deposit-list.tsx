import { useId } from 'react';
import type { DepositDto } from '@/lib/payments/schema';
import { credits, moment } from '../format';
import { Badge } from '../ui/badge';
import { Digest } from '../ui/digest';
import { Progress } from '../ui/progress';
import { paidAmount, sureness, unclaimedWords } from './deposit-words';

/** Payments seen at the till that are not credits yet, or will not become any. */
export function DepositList({ title, deposits }: { title: string; deposits: DepositDto[] }) {
  const heading = useId();
  if (deposits.length === 0) return null;
  return (
    <section aria-labelledby={heading} className="grid gap-4">
      <h2 id={heading} className="font-display text-xl">
        {title}
      </h2>
      <ul className="border-t border-rule">
        {deposits.map((deposit) => (
          <li key={`${deposit.txHash}${deposit.memo}`} className="grid gap-2 border-b border-rule py-3">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
              <span>
                {paidAmount(deposit)}
                {deposit.millicredits && <> for {credits(deposit.millicredits)}</>}
              </span>
              <DepositState deposit={deposit} />
            </div>
            <p className="flex flex-wrap gap-x-3 text-xs text-ink-faint">
              {moment(deposit.at)} <Digest value={deposit.txHash} label="transaction" />
            </p>
            {deposit.state === 'seen' && (
              <Progress
                percent={Math.round((deposit.confirmations / deposit.confirmationsNeeded) * 100)}
                label={`${deposit.confirmations} of ${deposit.confirmationsNeeded} confirmations`}
              />
            )}
            {deposit.state === 'unclaimed' && deposit.unclaimedBecause && (
              <p className="text-xs text-ink-soft">{unclaimedWords[deposit.unclaimedBecause]}</p>
            )}
            {deposit.state === 'seen' && deposit.millicredits === null && (
              <p className="text-xs text-ink-soft">Waits for a price of ETH: the feed does not answer right now.</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function DepositState({ deposit }: { deposit: DepositDto }) {
  switch (deposit.state) {
    case 'seen':
      return <Badge tone="copper">{sureness(deposit)}</Badge>;
    case 'credited':
      return <Badge tone="good">Credited</Badge>;
    case 'reversed':
      return <Badge tone="bad">Undone by the chain</Badge>;
    case 'unclaimed':
      return <Badge tone="copper">Not credited</Badge>;
    case 'refunding':
      return <Badge tone="copper">Being sent back</Badge>;
    case 'refunded':
      return <Badge tone="good">Sent back</Badge>;
  }
}
