import 'server-only';
import type { PoolClient } from 'pg';
import { raiseAlert } from '@/lib/alerts/raise-alert';
import type { Settlement, SettlementHandler } from '@/lib/chain/sender/types';
import { AppError } from '@/lib/errors';
import { REFUND_PURPOSE } from './refund-deposit';

/** Ends a refund with its transaction: `refunded` when that is safe; else `unclaimed` again, and operators are told. */
async function settleRefund(tx: PoolClient, { ref, outcome, error, txHash }: Settlement): Promise<void> {
  const { rowCount } = await tx.query(
    `UPDATE deposit SET state = CASE WHEN $2 THEN 'refunded' ELSE 'unclaimed' END::deposit_state, refund_ref = CASE WHEN $2 THEN refund_ref END
      WHERE refund_ref = $1 AND state = 'refunding'`,
    [ref, outcome === 'safe'],
  );
  if (!rowCount) throw new AppError('internal', { cause: new Error(`refund ${ref} has ended before its transaction`) });
  if (outcome === 'safe') return;
  await raiseAlert(tx, {
    key: `deposit_refund_failed/${ref}`,
    kind: 'deposit_refund_failed',
    text: 'A payment could not be given back. Look whether the treasury has the money, and whether the payer takes it; then try again.',
    details: { refund: ref, outcome, error, txHash },
  });
}

export const settlementHandlers: SettlementHandler[] = [{ purpose: REFUND_PURPOSE, onSettled: settleRefund }];
