import type { WorkHistoryEntry } from '@/lib/works/schema';
import { moment, shortHex } from '../format';
import { Digest } from '../ui/digest';

/** 'Minted by 0x1234…' with its address shortened. */
const shortened = (text: string) => text.replace(/0x[0-9a-fA-F]{40}/g, (address) => shortHex(address));

/** What happened to a work, oldest first. */
export function History({ entries }: { entries: WorkHistoryEntry[] }) {
  return (
    <ol className="border-l border-rule-strong">
      {entries.map((entry) => (
        <li key={`${entry.kind}${entry.at}${entry.txHash ?? ''}`} className="relative pb-5 pl-5 last:pb-0">
          <span aria-hidden="true" className="absolute top-2 -left-[3.5px] size-1.5 bg-copper" />
          <p className="text-sm">{shortened(entry.text)}</p>
          <p className="flex flex-wrap items-center gap-x-3 text-xs text-ink-faint">
            <time dateTime={entry.at}>{moment(entry.at)}</time>
            {entry.txHash && <Digest value={entry.txHash} label="transaction" className="text-2xs" />}
          </p>
        </li>
      ))}
    </ol>
  );
}
