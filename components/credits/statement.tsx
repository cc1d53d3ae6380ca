import { formatCredits } from '@/lib/money';
import type { StatementLineDto } from '@/lib/statement/schema';
import { StatementRow } from './statement-row';

/** The statement: every movement, and every hold that was let go, newest first. On phones time and balance stand under what they belong to. */
export function Statement({ lines }: { lines: StatementLineDto[] }) {
  const column = 'py-2 font-normal';
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">Statement of credits, newest first; the balance includes what open runs hold</caption>
      <thead>
        <tr className="border-b border-rule text-left text-xs text-ink-faint">
          <th scope="col" className={`${column} pr-4`}>
            What
          </th>
          <th scope="col" className={`${column} hidden pr-4 sm:table-cell`}>
            When
          </th>
          <th scope="col" className={`${column} text-right`}>
            Credits
          </th>
          <th scope="col" className={`${column} hidden pl-6 text-right sm:table-cell`}>
            Balance
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <StatementRow key={line.seq} line={line} change={changeOf(line)} />
        ))}
      </tbody>
    </table>
  );
}

function changeOf({ changeMillicredits, heldMillicredits }: StatementLineDto): string {
  const change = BigInt(changeMillicredits);
  if (change === 0n) return `0 (${formatCredits(BigInt(heldMillicredits))} let go)`;
  return `${change > 0n ? '+' : ''}${formatCredits(change)}`;
}
