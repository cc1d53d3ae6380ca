import { clsx } from 'clsx';
import type { BalanceDto } from '@/lib/credits/schema';
import { formatCredits } from '@/lib/money';
import { credits, day } from '../format';
import { RecordList, RecordRow } from '../ui/record';

type Props = {
  balance: BalanceDto;
  /** Paid and seen, not credited yet. */
  onTheWayMillicredits: bigint;
};

/** What can be spent, what open runs hold, what is on its way, and what it is made of. */
export function Balance({ balance, onTheWayMillicredits }: Props) {
  const { bonus, purchased, onchain } = balance.byBucket;
  const { expiring } = balance;
  return (
    <section aria-labelledby="balance-heading" className="grid gap-5">
      <h2 id="balance-heading" className="sr-only">
        Balance
      </h2>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-5 border-t border-rule pt-6">
        <Figure label="Available" testId="available" millicredits={BigInt(balance.availableMillicredits)} strong />
        <Figure label="Held" testId="held" millicredits={BigInt(balance.heldMillicredits)} />
        <Figure label="On its way" testId="on-the-way" millicredits={onTheWayMillicredits} />
      </dl>
      <RecordList>
        <RecordRow label="Bonus">
          <Amount of={bonus} />
          {expiring && (
            <span className="block text-xs text-ink-faint">
              {credits(expiring.amountMillicredits)} of it {expiring.amountMillicredits === '1000' ? 'expires' : 'expire'} on {day(expiring.at)}
            </span>
          )}
        </RecordRow>
        <RecordRow label="By card">
          <Amount of={purchased} />
        </RecordRow>
        <RecordRow label="On-chain">
          <Amount of={onchain} />
        </RecordRow>
      </RecordList>
      <p className="text-xs text-ink-faint">A run takes bonus credits first, those that expire first, then the oldest.</p>
    </section>
  );
}

type FigureProps = { label: string; testId: string; millicredits: bigint; strong?: boolean };

function Figure({ label, testId, millicredits, strong = false }: FigureProps) {
  return (
    <div className={clsx(strong && 'col-span-2')}>
      <dt className="text-sm text-ink-soft">{label}</dt>
      <dd className={clsx('font-display tabular-nums', strong ? 'text-3xl' : 'text-xl text-ink-soft')} data-testid={testId}>
        {formatCredits(millicredits)}
      </dd>
    </div>
  );
}

const Amount = ({ of }: { of: string }) => <span className="tabular-nums">{formatCredits(BigInt(of))}</span>;
