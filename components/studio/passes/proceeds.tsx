import type { ProceedsDto } from '@/lib/proceeds/schema';
import { ether, moment } from '../../format';
import type { Wallet } from '../../passes/pass-step';
import { Digest } from '../../ui/digest';
import { Notice } from '../../ui/notice';
import { RecordList, RecordRow } from '../../ui/record';
import { type Earner, Withdraw } from './withdraw';

type Props = Wallet & { of: Earner; proceeds: ProceedsDto };

/** What passes or mints earned and where it is: in the collection, where it can be taken out, and what was. */
export function Proceeds({ of, proceeds: { collection, balance, takenWei, withdrawals }, ...wallet }: Props) {
  return (
    <div className="grid gap-6">
      {balance ? (
        <RecordList>
          <RecordRow label="Yours to take out">
            <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
              <span className="font-display text-xl tabular-nums">{ether(balance.freeWei)}</span>
              <Withdraw of={of} collection={collection} isThereAny={balance.freeWei !== '0'} {...wallet} />
            </div>
          </RecordRow>
          {balance.escrowedWei !== '0' && (
            <RecordRow label="Not yet">
              <span className="tabular-nums">{ether(balance.escrowedWei)}</span>
              <span className="block text-xs text-ink-faint">
                For passes that can still be given back. It becomes yours when that is over, at the latest after twice that time.
              </span>
            </RecordRow>
          )}
          {balance.owedWei !== '0' && (
            <RecordRow label="Of others">
              <span className="tabular-nums">{ether(balance.owedWei)}</span>
              <span className="block text-xs text-ink-faint">Refunds that wait for payers who could not take them.</span>
            </RecordRow>
          )}
          <RecordRow label="Taken out so far">
            <span className="tabular-nums">{ether(takenWei)}</span>
          </RecordRow>
        </RecordList>
      ) : (
        <Notice tone="bad">The chain does not answer right now, so we cannot say what lies there. Nothing is lost; look again soon.</Notice>
      )}
      {withdrawals.length > 0 && (
        <ul aria-label="What was taken out" className="grid">
          {withdrawals.map(({ at, to, wei, txHash }) => (
            <li key={txHash} className="flex flex-wrap items-baseline gap-x-6 gap-y-1 border-t border-rule py-2.5 text-sm">
              <span className="min-w-28 tabular-nums">{ether(wei)}</span>
              <time dateTime={at} className="text-ink-soft">
                {moment(at)}
              </time>
              <span className="text-ink-soft">
                to <Digest value={to} label="receiver’s address" />
              </span>
              <Digest value={txHash} label="transaction" />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
