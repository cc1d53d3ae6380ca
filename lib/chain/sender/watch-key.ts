import { inTransaction } from '@/lib/db';
import { newId } from '@/lib/ids';
import { signerOf } from '@/lib/keys/sealed-keys';
import { log } from '@/lib/log';
import type { Place } from './place';
import { lockNonces } from './take-nonce';
import { FILL } from './types';

const GAPS_AT_ONCE = 50;

/**
 * Looks after a key's sequence of nonces. What has settled and is not on the chain any more (a fork below the safe depth, a local chain
 * that lost its last second) is broadcast again as it was; a nonce that nothing of ours has is used up. Otherwise all later ones would wait.
 */
export async function watchKey(place: Place, keyId: string): Promise<void> {
  const { db, client, chainId, head, limits, alerts } = place;
  const { address } = await signerOf(db, keyId);
  const [chainNonce, balanceWei] = await Promise.all([
    client.getTransactionCount({ address, blockNumber: head.number }),
    client.getBalance({ address }),
  ]);
  if (balanceWei < limits.lowBalanceWei) await alerts('key_low', keyId, { address, balanceWei: balanceWei.toString() });
  const { rows: gone } = await db.pool.query<{ raw: `0x${string}`; nonce: string }>(
    `SELECT a.raw, t.nonce FROM chain_transaction t JOIN chain_attempt a ON a.hash = t.tx_hash
      WHERE t.chain_id = $1 AND t.key_id = $2 AND t.state IN ('safe', 'reverted', 'refused') AND t.nonce >= $3 ORDER BY t.nonce LIMIT $4`,
    [chainId, keyId, chainNonce, GAPS_AT_ONCE],
  );
  if (gone.length > 0) await alerts('settled_gone', keyId, { address, chainNonce, gone: gone.length });
  for (const { raw } of gone) await client.request({ method: 'eth_sendRawTransaction', params: [raw] }, { retryCount: 0 }).catch(() => {});
  await fillGaps(place, keyId, address, chainNonce);
}

async function fillGaps({ db, chainId }: Place, keyId: string, address: `0x${string}`, chainNonce: number): Promise<void> {
  const { rows } = await db.pool.query<{ nonce: string }>(
    `SELECT n AS nonce FROM generate_series($3::bigint, (SELECT max(nonce) FROM chain_transaction WHERE chain_id = $1 AND key_id = $2)) n
      WHERE NOT EXISTS (SELECT 1 FROM chain_transaction t WHERE t.chain_id = $1 AND t.key_id = $2 AND t.nonce = n) LIMIT $4`,
    [chainId, keyId, chainNonce, GAPS_AT_ONCE],
  );
  for (const { nonce } of rows) {
    await inTransaction(db.pool, async (tx) => {
      await lockNonces(tx, chainId, keyId);
      await tx.query(
        `INSERT INTO chain_transaction (id, chain_id, key_id, purpose, ref, "to", data, value_wei, state, nonce)
         VALUES ($1, $2, $3, $4, $1, $5, '0x', 0, 'sent', $6) ON CONFLICT DO NOTHING`,
        [newId(), chainId, keyId, FILL, address, nonce],
      );
    });
    log.warn({ address, nonce }, 'a gap among the nonces of a key is filled');
  }
}

/** Keys that have sent anything, or are about to. */
export async function keysInUse({ db, chainId }: Pick<Place, 'db' | 'chainId'>): Promise<string[]> {
  const { rows } = await db.pool.query<{ key_id: string }>('SELECT DISTINCT key_id FROM chain_transaction WHERE chain_id = $1', [chainId]);
  return rows.map((row) => row.key_id);
}
