import type { Route } from 'next';
import Link from 'next/link';
import { credits, day } from '@/components/format';
import { Badge } from '@/components/ui/badge';
import { RecordList, RecordRow } from '@/components/ui/record';
import type { DebtDto } from '@/lib/corrections/schema';
import { causeWords } from './words';
import { WriteOff } from './write-off';

/** Who owes, longest first. */
export function DebtList({ debts }: { debts: DebtDto[] }) {
  return (
    <ul className="grid gap-10">
      {debts.map((debt) => (
        <li key={debt.userId} className="grid gap-3">
          <div className="flex flex-wrap items-baseline justify-between gap-4">
            <h2 className="font-display text-lg">{credits(debt.owedMillicredits)}</h2>
            <Badge tone="copper">Since {day(debt.since)}</Badge>
          </div>
          <RecordList>
            <RecordRow label="Who">
              <span className="font-mono text-xs break-all">{debt.address}</span>
            </RecordRow>
            <RecordRow label="Why">
              {debt.causes.map((cause) => (
                <span key={cause} className="block">
                  {causeWords[cause]}
                </span>
              ))}
            </RecordRow>
            {debt.reserveMillicredits !== '0' && (
              <RecordRow label="Creators wait for">
                {credits(debt.reserveMillicredits)} of their earnings, which they get when nothing is owed any more
              </RecordRow>
            )}
          </RecordList>
          <Decision debt={debt} />
        </li>
      ))}
    </ul>
  );
}

function Decision({ debt }: { debt: DebtDto }) {
  if (debt.own) return <p className="text-xs text-ink-faint">It is yours: another operator decides.</p>;
  if (!debt.proposed) return <WriteOff userId={debt.userId} />;
  return (
    <p className="text-sm text-ink-soft">
      Its write-off waits for another operator:{' '}
      <Link href={'/admin/corrections' as Route} className="text-link">
        decide on it
      </Link>
    </p>
  );
}
