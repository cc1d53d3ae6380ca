import type { Route } from 'next';
import Link from 'next/link';
import { formatCredits } from '@/lib/money';
import type { OpenHoldLineDto } from '@/lib/statement/schema';
import { moment } from '../format';

/** What is set aside right now, and for which run. */
export function OpenHolds({ holds }: { holds: OpenHoldLineDto[] }) {
  if (holds.length === 0) return null;
  return (
    <section aria-labelledby="holds-heading" className="grid gap-4">
      <h2 id="holds-heading" className="font-display text-xl">
        Held for open runs
      </h2>
      <ul className="border-t border-rule">
        {holds.map((hold) => (
          <li key={hold.ref} className="flex items-baseline justify-between gap-4 border-b border-rule py-3 text-sm">
            <span>
              {hold.href ? (
                <Link href={hold.href as Route} className="text-link">
                  {hold.text}
                </Link>
              ) : (
                hold.text
              )}
              <span className="block text-xs text-ink-faint">
                Since {moment(hold.at)}; let go at the latest on {moment(hold.expiresAt)}
              </span>
            </span>
            <span className="tabular-nums">{formatCredits(BigInt(hold.amountMillicredits))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
