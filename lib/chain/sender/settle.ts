import type { Hex } from 'viem';
import { inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import type { Place } from './place';
import { lockTransaction, type TransactionRow } from './rows';
import { FILL, type Outcome } from './types';

type End = { outcome: Outcome; error?: string; txHash?: Hex; gasWei?: bigint };

/**
 * Ends a transaction and tells its handler, in one database transaction, once. `row.state` is the state that was judged; when it has
 * changed since, nothing happens.
 */
export async function settle({ db, chainId, handlers }: Place, row: TransactionRow, end: End): Promise<void> {
  const { outcome, error = null, txHash = null, gasWei = 0n } = end;
  const handler = handlers.find(({ purpose }) => purpose === row.purpose);
  if (!handler && row.purpose !== FILL) throw new AppError('misconfigured', { message: `No handler for transactions to ${row.purpose}.` });
  const settled = await inTransaction(db.pool, async (tx) => {
    if (!(await lockTransaction(tx, row.id, row.state))) return false;
    await tx.query('UPDATE chain_transaction SET state = $2::chain_transaction_state, error = $3, settled_at = now() WHERE id = $1', [
      row.id,
      outcome,
      error,
    ]);
    const valueWei = outcome === 'safe' ? row.call.valueWei : 0n;
    await handler?.onSettled(tx, { id: row.id, ref: row.ref, chainId, keyId: row.keyId, outcome, gasWei, valueWei, txHash, error });
    return true;
  });
  if (settled) log.info({ transaction: row.id, purpose: row.purpose, nonce: row.nonce, outcome, error, txHash }, 'transaction settled');
}
