import type { DebtCause } from './schema';

/** A change of what somebody owes: above zero is more. `from`: the account that asks for it. */
export type DebtMove = { at: Date; change: bigint; from: string };

/** Since when somebody has owed without a pause, and what for. `moves` come oldest first. */
export function standingDebt(moves: readonly DebtMove[]): { since: Date; causes: DebtCause[] } {
  let owed = 0n;
  let since = new Date(0);
  let causes = new Set<DebtCause>();
  for (const { at, change, from } of moves) {
    if (owed <= 0n) [since, causes] = [at, new Set()];
    if (change > 0n) causes.add(causeOf(from));
    owed += change;
  }
  return { since, causes: [...causes] };
}

function causeOf(from: string): DebtCause {
  if (from === 'card_clearing') return 'card';
  return from === 'till_clearing' ? 'chain' : 'correction';
}
