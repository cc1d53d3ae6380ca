import type { Route } from 'next';
import Link from 'next/link';
import { formatCredits } from '@/lib/money';
import type { OpenHoldLineDto } from '@/lib/statement/schema';
import { moment } from '../format';
import { Disclosure } from '../ui/disclosure';

/** More than these are folded, so that what to buy and the statement stay near. */
const SHOWN_OPEN = 2;

/** What is set aside right now, and for which run or mint. */
export function OpenHolds({ holds }: { holds: OpenHoldLineDto[] }) {
  if (holds.length === 0) return null;
  return (
    <Disclosure
      summary={holds.length === 1 ? 'What is held, and for what' : `What is held: ${holds.length} amounts`}
      open={holds.length <= SHOWN_OPEN}
    >
      <ul>
        {holds.map((hold) => (
          <li key={hold.ref} className="flex items-baseline justify-between gap-4 py-1.5">
            <span>
              {hold.href ? (
                <Link href={hold.href as Route} className="text-link text-ink">
                  {hold.text}
                </Link>
              ) : (
                hold.text
              )}
              <span className="block text-xs text-ink-faint">
                {hold.expiresAt ? `Let go at the latest on ${moment(hold.expiresAt)}` : 'Until the mint is decided on the chain'}
              </span>
            </span>
            <span className="tabular-nums">{formatCredits(BigInt(hold.amountMillicredits))}</span>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
