import type { DepositDto } from '@/lib/payments/schema';
import { credits, ether, moment } from '../format';
import { Badge } from '../ui/badge';
import { Digest } from '../ui/digest';
import { Progress } from '../ui/progress';

/** Payments seen at the till that are not credits yet, and those that will not become any. */
export function DepositList({ deposits }: { deposits: DepositDto[] }) {
  if (deposits.length === 0) return null;
  return (
    <section aria-labelledby="deposits-heading" className="grid gap-4">
      <h2 id="deposits-heading" className="font-display text-xl">
        Payments on their way
      </h2>
      <ul className="border-t border-rule">
        {deposits.map((deposit) => (
          <li key={`${deposit.txHash}${deposit.memo}`} className="grid gap-2 border-b border-rule py-3">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
              <span>
                {ether(deposit.amountWei)}
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
          </li>
        ))}
      </ul>
    </section>
  );
}

function DepositState({ deposit }: { deposit: DepositDto }) {
  if (deposit.state === 'seen') {
    return (
      <Badge tone="copper">
        Confirming, {deposit.confirmations} of {deposit.confirmationsNeeded}
      </Badge>
    );
  }
  if (deposit.state === 'reversed') return <Badge tone="bad">Undone by the chain</Badge>;
  return deposit.state === 'unclaimed' ? <Badge tone="bad">Came without a valid quote</Badge> : <Badge tone="good">Credited</Badge>;
}
