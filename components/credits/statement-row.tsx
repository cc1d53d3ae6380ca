import { clsx } from 'clsx';
import type { Route } from 'next';
import Link from 'next/link';
import { formatCredits } from '@/lib/money';
import type { StatementLineDto } from '@/lib/statement/schema';
import { moment } from '../format';

/** One line of the statement. `change`: what it did, in credits. */
export function StatementRow({ line, change }: { line: StatementLineDto; change: string }) {
  const balance = formatCredits(BigInt(line.balanceMillicredits));
  return (
    <tr className="border-b border-rule align-baseline">
      <th scope="row" className="py-3 pr-4 text-left font-normal">
        {line.reason}
        {line.about && <About {...line.about} />}
        {line.note && <span className="block text-xs text-ink-soft">{line.note}</span>}
        <span className="block text-xs text-ink-faint sm:hidden">{moment(line.at)}</span>
      </th>
      <td className="hidden py-3 pr-4 whitespace-nowrap text-ink-soft sm:table-cell">{moment(line.at)}</td>
      <td className={clsx('py-3 text-right whitespace-nowrap tabular-nums', change.startsWith('0') && 'text-ink-faint')}>
        {change}
        <span className="block text-xs text-ink-faint sm:hidden">
          <span className="sr-only">Balance after it: </span>
          {balance}
        </span>
      </td>
      <td className="hidden py-3 pl-6 text-right whitespace-nowrap tabular-nums text-ink-soft sm:table-cell">{balance}</td>
    </tr>
  );
}

function About({ text, href }: { text: string; href: string | null }) {
  return (
    <>
      {': '}
      {href ? (
        <Link href={href as Route} className="text-link">
          {text}
        </Link>
      ) : (
        text
      )}
    </>
  );
}
