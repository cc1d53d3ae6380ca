import Link from 'next/link';
import type { StatementEntryDto } from '@/lib/credits/schema';
import { formatCredits } from '@/lib/money';
import { moment } from '../format';

/** What each kind of line means, and whether its reference is a run with a page. */
const kinds: Record<StatementEntryDto['kind'], { text: string; isWork: boolean }> = {
  deposit: { text: 'Bought on-chain', isWork: false },
  deposit_reversal: { text: 'Purchase undone by the chain', isWork: false },
  grant: { text: 'Given by Intaglio', isWork: false },
  run: { text: 'Picture delivered', isWork: true },
  run_refund: { text: 'Given back: the picture could not be kept', isWork: false },
  held: { text: 'Held for a run that is under way', isWork: false },
  released: { text: 'Run ended without a picture; its hold was let go', isWork: false },
};

/** The statement: every movement, and every hold that is open or was let go, newest first. */
export function Statement({ entries }: { entries: StatementEntryDto[] }) {
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">Statement of credits, newest first</caption>
      <thead>
        <tr className="border-b border-rule text-left text-xs text-ink-faint">
          <th scope="col" className="py-2 pr-4 font-normal">
            What
          </th>
          <th scope="col" className="hidden py-2 pr-4 font-normal sm:table-cell">
            When
          </th>
          <th scope="col" className="py-2 text-right font-normal">
            Credits
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Line key={entry.id} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ entry }: { entry: StatementEntryDto }) {
  const { text, isWork } = kinds[entry.kind];
  const change = BigInt(entry.changeMillicredits);
  const held = BigInt(entry.heldMillicredits);
  return (
    <tr className="border-b border-rule align-baseline">
      <td className="py-3 pr-4">
        {isWork ? (
          <Link href={`/works/${entry.ref}`} className="text-link">
            {text}
          </Link>
        ) : (
          text
        )}
        <span className="block text-xs text-ink-faint sm:hidden">{moment(entry.at)}</span>
      </td>
      <td className="hidden py-3 pr-4 whitespace-nowrap text-ink-soft sm:table-cell">{moment(entry.at)}</td>
      <td className="py-3 text-right whitespace-nowrap tabular-nums">
        {change === 0n ? (
          <span className="text-ink-faint">{entry.kind === 'held' ? `${formatCredits(held)} held` : `0 (${formatCredits(held)} let go)`}</span>
        ) : (
          <>
            {change > 0n && '+'}
            {formatCredits(change)}
          </>
        )}
      </td>
    </tr>
  );
}
