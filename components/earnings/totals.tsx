import { day } from '@/components/format';
import { formatCredits } from '@/lib/money';
import type { EarningsDto } from '@/lib/payouts/schema';

const DATES_SHOWN = 3;

/** Where the creator's earnings are, and when what pends can be paid out. */
export function EarningsTotals({ earnings, pendingDays }: { earnings: EarningsDto; pendingDays: number }) {
  const totals = [
    { name: 'Available', amount: earnings.availableMillicredits, strong: true },
    { name: 'Pending', amount: earnings.pendingMillicredits },
    { name: 'On the way', amount: earnings.onTheWayMillicredits },
    { name: 'Paid out', amount: earnings.paidMillicredits },
  ];
  return (
    <div className="grid gap-4">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-5 border-y border-rule py-6 sm:grid-cols-4">
        {totals.map(({ name, amount, strong }) => (
          <div key={name}>
            <dt className="text-sm text-ink-soft">{name}</dt>
            <dd className={`font-display text-xl whitespace-nowrap tabular-nums ${strong ? '' : 'text-ink-soft'}`}>
              {formatCredits(BigInt(amount))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-sm text-ink-soft">
        Runs paid by card wait {pendingDays} days, because a card payment can be disputed; all others are available at once.
      </p>
      <Maturing maturing={earnings.maturing} />
    </div>
  );
}

function Maturing({ maturing }: { maturing: EarningsDto['maturing'] }) {
  if (maturing.length === 0) return null;
  const rest = maturing.length - DATES_SHOWN;
  return (
    <ul aria-label="When pending earnings become available" className="grid gap-1 text-sm text-ink-soft">
      {maturing.slice(0, DATES_SHOWN).map((due) => (
        <li key={due.day}>
          <span className="tabular-nums text-ink">{formatCredits(BigInt(due.millicredits))}</span> credits on{' '}
          <time dateTime={due.day}>{day(due.day)}</time>
        </li>
      ))}
      {rest > 0 && (
        <li className="text-ink-faint">
          and on {rest} later {rest === 1 ? 'day' : 'days'}
        </li>
      )}
    </ul>
  );
}
