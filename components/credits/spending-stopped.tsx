import type { BalanceDto } from '@/lib/credits/schema';
import { formatCredits } from '@/lib/money';
import type { DebtMoveDto } from '@/lib/statement/schema';
import { credits, day } from '../format';
import { Disclosure } from '../ui/disclosure';
import { Notice } from '../ui/notice';

/** Why nothing can be spent right now, and what to do about it. Nothing where spending is open. */
export function SpendingStopped({ balance, debt }: { balance: BalanceDto; debt: DebtMoveDto[] }) {
  const owed = BigInt(balance.owedMillicredits);
  if (!balance.frozen && owed === 0n) return null;
  return (
    <Notice tone="bad" className="grid gap-2">
      <h2 className="text-base font-medium text-ink">Spending is paused</h2>
      {owed > 0n && (
        <p>
          You owe {credits(owed)}: a payment was taken back after its credits were spent.{' '}
          <a href="#buy" className="text-link text-ink">
            Buy {credits(owed)} or more
          </a>{' '}
          by card or from your wallet: that repays it first{balance.disputed ? '' : ', and spending opens at once'}. Bonus credits do not repay it.
        </p>
      )}
      {balance.disputed && (
        <p>
          A card payment of yours is disputed at your bank. Runs can start again when it is decided{owed > 0n && ' and nothing is owed'}. If you did
          not mean to dispute it, tell your bank so: a withdrawn dispute counts as decided.
        </p>
      )}
      <p>What you have stays yours, and what you make and own is not touched.</p>
      {debt.length > 0 && (
        <Disclosure summary="What was owed, and what repaid it">
          <ul>
            {debt.map((move) => (
              <li key={`${move.at}${move.changeMillicredits}`} className="flex justify-between gap-4 py-1">
                <span>
                  {move.reason} <span className="text-ink-faint">{day(move.at)}</span>
                </span>
                <span className="tabular-nums">
                  {move.changeMillicredits.startsWith('-') ? '' : '+'}
                  {formatCredits(BigInt(move.changeMillicredits))}
                </span>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </Notice>
  );
}
