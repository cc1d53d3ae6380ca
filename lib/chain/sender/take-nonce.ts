import type { PoolClient } from 'pg';
import { inTransaction } from '@/lib/db';
import type { Place } from './place';
import { COLUMNS, lockTransaction, readTransactions, type TransactionRow } from './rows';
import type { ChainCall } from './types';

/** Nodes keep at least this many unmined transactions of one account; the next ones wait with us. */
const MAX_UNMINED = 16;

export type Wanted = { call: ChainCall; gasLimit: bigint; maxFeeWei: bigint };
/** What the chain said about the key just before. */
export type KeyOnChain = { nonce: number; balanceWei: bigint };
export type Taken = TransactionRow | 'moved on' | 'full' | 'unfunded';

/** One lock for each key on each chain, shared by all processes; it lives as long as the database transaction. */
export async function lockNonces(tx: PoolClient, chainId: number, keyId: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`intaglio sender ${chainId} ${keyId}`]);
}

/**
 * Gives a queued transaction the next nonce of its key, and fixes what it does. It is one higher than any given before, unless the chain
 * knows better (a database that was restored, a key that was used elsewhere).
 */
export async function takeNonce({ db, chainId }: Place, { id, keyId }: TransactionRow, wanted: Wanted, onChain: KeyOnChain): Promise<Taken> {
  return inTransaction(db.pool, async (tx) => {
    await lockNonces(tx, chainId, keyId);
    if (!(await lockTransaction(tx, id, 'queued'))) return 'moved on';
    const { rows } = await tx.query<{ next: string; unmined: number; promised: string }>(
      `SELECT coalesce(max(nonce) + 1, 0) AS next, count(*) FILTER (WHERE state = 'sent')::int AS unmined,
              coalesce(sum(value_wei + gas_limit * coalesce(a.max_fee_wei, 0)) FILTER (WHERE state = 'sent'), 0) AS promised
         FROM chain_transaction t LEFT JOIN LATERAL (SELECT max(max_fee_wei) AS max_fee_wei FROM chain_attempt WHERE transaction_id = t.id) a ON t.state = 'sent'
        WHERE chain_id = $1 AND key_id = $2`,
      [chainId, keyId],
    );
    const { next = '0', unmined = 0, promised = '0' } = rows[0] ?? {};
    if (unmined >= MAX_UNMINED) return 'full';
    const { to, data, valueWei } = wanted.call;
    if (onChain.balanceWei < BigInt(promised) + valueWei + wanted.gasLimit * wanted.maxFeeWei) return 'unfunded';
    const [taken] = await readTransactions(
      tx,
      `UPDATE chain_transaction SET state = 'sent', nonce = $2, gas_limit = $3, "to" = $4, data = $5, value_wei = $6 WHERE id = $1 RETURNING ${COLUMNS}`,
      [id, Math.max(Number(next), onChain.nonce), wanted.gasLimit, to.toLowerCase(), data, valueWei],
    );
    return taken ?? 'moved on';
  });
}
