import Link from 'next/link';
import type { EntryCode, StatementEntryDto } from '@/lib/credits/schema';
import { formatCredits } from '@/lib/money';
import { moment } from '../format';

/** What each line means, and whether its reference is a run with a page. */
const meanings: Record<EntryCode, { text: string; isWork: boolean }> = {
  purchase: { text: 'Bought by card', isWork: false },
  bonus: { text: 'Bonus', isWork: false },
  bonus_expired: { text: 'Bonus expired', isWork: false },
  deposit: { text: 'Bought on-chain', isWork: false },
  deposit_reversal: { text: 'Purchase undone by the chain', isWork: false },
  grant: { text: 'Given by Intaglio', isWork: false },
  run: { text: 'Picture delivered', isWork: true },
  run_refund: { text: 'Given back: the picture could not be kept', isWork: true },
  relay: { text: 'Minted with credits', isWork: false },
  card_refund: { text: 'Card payment refunded', isWork: false },
  dispute_hold: { text: 'Set aside: the card payment is disputed', isWork: false },
  dispute_won: { text: 'Given back: the dispute was decided for us', isWork: false },
  debt_repaid: { text: 'Debt repaid', isWork: false },
  released: { text: 'Run ended without a picture; its hold was let go', isWork: false },
  expired: { text: 'Run ended without a picture; its hold was let go', isWork: false },
  correction: { text: 'Correction', isWork: false },
};

/** The statement: every movement, and every hold that was let go, newest first. */
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
          <Line key={entry.seq} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ entry }: { entry: StatementEntryDto }) {
  const { text, isWork } = meanings[entry.code];
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
          <span className="text-ink-faint">{`0 (${formatCredits(held)} let go)`}</span>
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
