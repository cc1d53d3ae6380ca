import type { UsageGroup } from '@/lib/gateway/usage/schema';
import { formatCredits } from '@/lib/money';
import { duration } from '../format';
import { Disclosure } from '../ui/disclosure';

const COLUMNS = ['Runs', 'Delivered', 'Credits', 'Calls', 'Errors', 'p50', 'p95'];
const time = (ms: number | null) => (ms === null ? '–' : duration(ms));

/** Groups of usage with their figures. `folded`: behind a line that opens. */
export function UsageTable({ title, groups, folded = false }: { title: string; groups: UsageGroup[]; folded?: boolean }) {
  if (groups.length === 0) return null;
  const table = (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reached with a keyboard
    <div className="overflow-x-auto" tabIndex={0}>
      <table className="w-full min-w-[40rem] text-sm">
        <caption className={folded ? 'sr-only' : 'pb-3 text-left font-display text-xl text-ink'}>{title}</caption>
        <thead>
          <tr className="border-b border-rule text-right text-xs text-ink-faint">
            <th scope="col" className="sr-only">
              Name
            </th>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" className="py-2 pl-4 font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map(({ id, name, runs, delivered, millicredits, calls, errors, p50Ms, p95Ms }) => (
            <tr key={id} className="border-b border-rule text-right align-baseline tabular-nums">
              <th scope="row" className="py-2 text-left font-normal break-words">
                {name}
              </th>
              <td className="py-2 pl-4">{runs.toLocaleString('en-GB')}</td>
              <td className="py-2 pl-4">{delivered.toLocaleString('en-GB')}</td>
              <td className="py-2 pl-4">{formatCredits(BigInt(millicredits))}</td>
              <td className="py-2 pl-4">{calls.toLocaleString('en-GB')}</td>
              <td className="py-2 pl-4">{errors.toLocaleString('en-GB')}</td>
              <td className="py-2 pl-4">{time(p50Ms)}</td>
              <td className="py-2 pl-4">{time(p95Ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  return folded ? <Disclosure summary={title}>{table}</Disclosure> : table;
}
