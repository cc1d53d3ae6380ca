import type { DepositDto } from '@/lib/payments/schema';

export type DepositFacts = {
  /** What the server tells of the payment; null while it has not seen it. */
  deposit: DepositDto | null;
  /** What the chain says of the transaction; null while it is in no block. */
  outcome: 'succeeded' | 'reverted' | null;
  waitedMs: number;
};
export type DepositPhase =
  | { kind: 'sent'; slow: boolean }
  | { kind: 'seen'; finality: DepositDto['finality']; confirmations: number; needed: number }
  | { kind: 'credited'; millicredits: string }
  | { kind: 'failed' }
  | { kind: 'reversed' }
  | { kind: 'unclaimed'; because: NonNullable<DepositDto['unclaimedBecause']> }
  | { kind: 'returned' };

/** After this a person is told that they may start over: the wallet may have replaced or dropped the transaction. */
export const SLOW_AFTER_MS = 60_000;

/** Where a payment stands. The server's word counts over the chain's, and nothing here ever makes credits of a transaction hash. */
export function depositPhase({ deposit, outcome, waitedMs }: DepositFacts): DepositPhase {
  switch (deposit?.state) {
    case 'credited':
      return { kind: 'credited', millicredits: deposit.millicredits ?? '0' };
    case 'seen':
      return {
        kind: 'seen',
        finality: deposit.finality,
        confirmations: Math.min(deposit.confirmations, deposit.confirmationsNeeded),
        needed: deposit.confirmationsNeeded,
      };
    case 'reversed':
      return { kind: 'reversed' };
    case 'unclaimed':
      return { kind: 'unclaimed', because: deposit.unclaimedBecause ?? 'unknown_payer' };
    case 'refunding':
    case 'refunded':
      return { kind: 'returned' };
    case undefined:
      return outcome === 'reverted' ? { kind: 'failed' } : { kind: 'sent', slow: waitedMs > SLOW_AFTER_MS };
  }
}

/** Whether nothing more will happen by itself. A reversed payment may come back in another block. */
export const isSettled = ({ kind }: DepositPhase) => kind !== 'sent' && kind !== 'seen' && kind !== 'reversed';
