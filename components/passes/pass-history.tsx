import type { PassEventDto } from '@/lib/passes/page-schema';
import { ether, moment, shortHex } from '../format';
import { Digest } from '../ui/digest';

/** 'Bought by 0x1234…5678 for 0.01 ETH'. */
const readable = (text: string) =>
  text.replace(/0x[0-9a-fA-F]{40}/g, (address) => shortHex(address)).replace(/\{(\d+)\}/g, (_, wei: string) => ether(wei));

/** What happened to a pass by the chain, oldest first. */
export function PassHistory({ events }: { events: PassEventDto[] }) {
  return (
    <ol className="border-l border-rule-strong">
      {events.map(({ at, text, txHash }) => (
        <li key={`${txHash}${text}`} className="relative pb-5 pl-5 last:pb-0">
          <span aria-hidden="true" className="absolute top-2 -left-[3.5px] size-1.5 bg-copper" />
          <p className="text-sm">{readable(text)}</p>
          <p className="flex flex-wrap items-center gap-x-3 text-xs text-ink-faint">
            <time dateTime={at}>{moment(at)}</time>
            <Digest value={txHash} label="transaction" className="text-2xs" />
          </p>
        </li>
      ))}
    </ol>
  );
}
