import type { BalanceDto } from '@/lib/credits/schema';
import { formatCredits } from '@/lib/money';

/** What can be spent, and what open runs hold. */
export function Balance({ balance }: { balance: BalanceDto }) {
  return (
    <dl className="grid grid-cols-2 gap-6 border-y border-rule py-6 sm:max-w-md">
      <div>
        <dt className="text-sm text-ink-soft">Available</dt>
        <dd className="font-display text-2xl tabular-nums" data-testid="available">
          {formatCredits(BigInt(balance.availableMillicredits))}
        </dd>
      </div>
      <div>
        <dt className="text-sm text-ink-soft">Held for open runs</dt>
        <dd className="font-display text-2xl tabular-nums text-ink-soft" data-testid="held">
          {formatCredits(BigInt(balance.heldMillicredits))}
        </dd>
      </div>
    </dl>
  );
}
