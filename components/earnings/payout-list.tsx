import { moment, shortHex } from '@/components/format';
import { formatCredits } from '@/lib/money';
import type { PayoutDto } from '@/lib/payouts/schema';
import { CancelPayout } from './cancel-payout';
import { amountOut, PayoutBadge, railNames } from './payout-state';

/** The creator's payouts, newest first. */
export function PayoutList({ payouts, explorerUrl }: { payouts: PayoutDto[]; explorerUrl: string | null }) {
  return (
    <ul className="grid border-t border-rule">
      {payouts.map((payout) => (
        <li key={payout.id} className="grid gap-1 border-b border-rule py-3 text-sm">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
            <span>
              <span className="tabular-nums">{formatCredits(BigInt(payout.millicredits))}</span> credits
              {amountOut(payout) && <span className="text-ink-soft">, {amountOut(payout)}</span>}
            </span>
            <PayoutBadge state={payout.state} />
          </div>
          <p className="text-xs text-ink-faint">
            {railNames[payout.rail]} to <span className="font-mono">{shortHex(payout.destination, 6)}</span>, asked for {moment(payout.requestedAt)}
            {payout.endedAt && `, ended ${moment(payout.endedAt)}`}
          </p>
          {payout.error && <p className="text-xs text-ink-soft">{payout.error}</p>}
          {payout.txHash && <Transaction hash={payout.txHash} explorerUrl={explorerUrl} />}
          {payout.state === 'requested' && <CancelPayout id={payout.id} />}
        </li>
      ))}
    </ul>
  );
}

function Transaction({ hash, explorerUrl }: { hash: string; explorerUrl: string | null }) {
  return (
    <p className="text-xs text-ink-soft">
      Transaction{' '}
      {explorerUrl ? (
        <a href={`${explorerUrl}/tx/${hash}`} className="text-link font-mono">
          {shortHex(hash, 6)}
        </a>
      ) : (
        <span className="font-mono">{shortHex(hash, 6)}</span>
      )}
    </p>
  );
}
