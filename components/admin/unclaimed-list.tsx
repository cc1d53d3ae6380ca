import { paidAmount } from '@/components/credits/deposit-words';
import { moment } from '@/components/format';
import { Badge } from '@/components/ui/badge';
import { Digest } from '@/components/ui/digest';
import type { UnclaimedDepositDto } from '@/lib/payments/schema';
import { CreditDeposit } from './credit-deposit';
import { RefundDeposit } from './refund-deposit';

const reasons = {
  unknown_payer: 'Nobody has signed in with the address that paid, and no quote names an account. It is credited when somebody does.',
  unknown_token: 'The token is listed at the till, and no rule says what it is worth: it can only be given back.',
  too_large: 'More than US$10 million at once. It is credited when you say so, and not by itself.',
};

/** Payments that wait for a person, and those that were given back. */
export function UnclaimedList({ deposits }: { deposits: UnclaimedDepositDto[] }) {
  return (
    <ul className="grid border-t border-rule">
      {deposits.map((deposit) => (
        <li key={`${deposit.key.txHash}${deposit.key.ordinal}`} className="grid gap-2 border-b border-rule py-4">
          <div className="flex flex-wrap items-baseline justify-between gap-4">
            <span className="text-sm">{paidAmount(deposit)}</span>
            <State deposit={deposit} />
          </div>
          <p className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-faint">
            {moment(deposit.at)}
            <Digest value={deposit.payer} label="payer" />
            <Digest value={deposit.key.txHash} label="transaction" />
          </p>
          {deposit.unclaimedBecause && deposit.state === 'unclaimed' && <p className="text-sm text-ink-soft">{reasons[deposit.unclaimedBecause]}</p>}
          {deposit.state === 'unclaimed' && deposit.finality === 'final' && (
            <div className="flex flex-wrap items-center gap-3">
              {deposit.unclaimedBecause === 'too_large' && <CreditDeposit deposit={deposit.key} amount={paidAmount(deposit)} />}
              <RefundDeposit deposit={deposit.key} amount={paidAmount(deposit)} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function State({ deposit: { state, finality } }: { deposit: UnclaimedDepositDto }) {
  if (state === 'refunded') return <Badge tone="good">Given back</Badge>;
  if (state === 'refunding') return <Badge tone="copper">Being given back</Badge>;
  return finality === 'final' ? <Badge tone="bad">Waits for you</Badge> : <Badge tone="copper">Not final yet</Badge>;
}
