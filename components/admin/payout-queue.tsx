import { amountOut, PayoutBadge, railNames } from '@/components/earnings/payout-state';
import { credits, moment, shortHex } from '@/components/format';
import { RecordList, RecordRow } from '@/components/ui/record';
import type { OpenPayoutDto, PayoutDto } from '@/lib/payouts/schema';
import { PayoutDecision } from './payout-decision';

const claims = { owes: 'The creator owes credits.', disputed: 'A payment of the creator’s is disputed.' };

/** What waits for an operator or is on its way, oldest first. `contracts`: destinations with code; null when the chain does not say. */
export function PayoutQueue({ payouts, contracts }: { payouts: OpenPayoutDto[]; contracts: Set<string> | null }) {
  return (
    <ul className="grid gap-10">
      {payouts.map((payout) => (
        <li key={payout.id} className="grid gap-3">
          <div className="flex flex-wrap items-baseline justify-between gap-4">
            <h3 className="font-display text-lg">{credits(payout.millicredits)}</h3>
            <PayoutBadge state={payout.state} />
          </div>
          <RecordList>
            <RecordRow label="Creator">
              <span className="font-mono text-xs break-all">{payout.creator}</span>
            </RecordRow>
            <RecordRow label="Goes to">
              {railNames[payout.rail]} <span className="font-mono text-xs break-all">{payout.destination}</span>
              {payout.rail === 'eth' && contracts === null && (
                <span className="block text-xs text-ink-soft">The chain does not say whether it is a contract.</span>
              )}
              {contracts?.has(payout.destination) && <span className="block text-xs text-madder">A contract: its code runs when it is paid.</span>}
            </RecordRow>
            {payout.claim && <RecordRow label="Held back">{claims[payout.claim]} Nothing is sent before that is settled.</RecordRow>}
            {amountOut(payout) && <RecordRow label="Amount">{amountOut(payout)}</RecordRow>}
            <RecordRow label="Asked for">{moment(payout.requestedAt)}</RecordRow>
            <RecordRow label="Approvals">
              {payout.approvals.length} of {payout.approvalsNeeded}
              {payout.approvals.map(({ operator, at }) => (
                <span key={operator} className="block text-xs text-ink-soft">
                  <span className="font-mono">{shortHex(operator)}</span>, {moment(at)}
                </span>
              ))}
            </RecordRow>
          </RecordList>
          <PayoutDecision id={payout.id} approvable={payout.decidable} rejectable={payout.rejectable} />
        </li>
      ))}
    </ul>
  );
}

/** What ended lately. */
export function EndedPayouts({ payouts }: { payouts: (PayoutDto & { creator: string })[] }) {
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">Payouts that ended, newest first</caption>
      <thead>
        <tr className="border-b border-rule text-left text-xs text-ink-faint">
          <th scope="col" className="py-2 pr-4 font-normal">
            Creator
          </th>
          <th scope="col" className="py-2 pr-4 font-normal">
            How it ended
          </th>
          <th scope="col" className="py-2 text-right font-normal">
            Amount
          </th>
        </tr>
      </thead>
      <tbody>
        {payouts.map((payout) => (
          <tr key={payout.id} className="border-b border-rule align-baseline">
            <td className="py-2 pr-4 font-mono text-xs">{shortHex(payout.creator)}</td>
            <td className="py-2 pr-4">
              <PayoutBadge state={payout.state} />
              <span className="block text-xs text-ink-faint">{payout.endedAt && moment(payout.endedAt)}</span>
              {payout.error && <span className="block text-xs text-ink-soft">{payout.error}</span>}
            </td>
            <td className="py-2 text-right tabular-nums">
              {credits(payout.millicredits)}
              {amountOut(payout) && <span className="block text-xs text-ink-faint">{amountOut(payout)}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
