import type { PoolClient } from 'pg';
import type { Settlement } from '@/lib/chain/sender/types';
import { openAccount } from '@/lib/credits/accounts';
import { captureHold, releaseHold } from '@/lib/credits/capture-hold';
import { spendFloat } from '@/lib/credits/spend-float';
import { AppError } from '@/lib/errors';

/**
 * Ends a purchase or a renewal with its transaction: paid at the quoted price when it is done and safe, let go of otherwise. The gas is the
 * house's in any case.
 */
export async function settleRelayed(tx: PoolClient, table: 'pass_purchase' | 'pass_renewal', settlement: Settlement): Promise<void> {
  const { ref: id, outcome, error, txHash } = settlement;
  const isSafe = outcome === 'safe';
  const { rows } = await tx.query<{ price: string }>(
    `UPDATE ${table} SET state = $2::relay_state, error = $3, tx_hash = $4, ended_at = now() WHERE id = $1 AND state = 'open'
     RETURNING price_millicredits AS price`,
    [id, isSafe ? 'captured' : 'released', error, isSafe ? txHash?.toLowerCase() : null],
  );
  if (!rows[0]) throw new AppError('internal', { cause: new Error(`${table} ${id} has ended before its transaction`) });
  if (isSafe) {
    const fee = await openAccount(tx, 'relay_fee', 'house');
    await captureHold(tx, { id, splits: [{ pending: fee, available: fee, amountMillicredits: BigInt(rows[0].price), code: 'relay_fee' }] }, 'relay');
  } else if (!(await releaseHold(tx, id))) {
    throw new AppError('internal', { cause: new Error(`the hold of ${table} ${id} is gone`) });
  }
  await spendFloat(tx, settlement);
}
