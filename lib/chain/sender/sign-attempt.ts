import { type Hex, keccak256, parseSignature, serializeTransaction } from 'viem';
import { signerOf } from '@/lib/keys/sealed-keys';
import type { Place } from './place';
import type { Attempt, AttemptKind, Fees, TransactionRow } from './rows';

const CANCEL_GAS = 21_000n;

/**
 * Signs a transaction for its nonce and stores the bytes: nothing is ever broadcast that is not in the database. Returns null where
 * another process has signed this attempt, or the transaction has moved on.
 */
export async function signAttempt(
  { db, chainId }: Place,
  row: TransactionRow,
  number: number,
  kind: AttemptKind,
  fees: Fees,
): Promise<Attempt | null> {
  const signer = await signerOf(db, row.keyId);
  const does =
    kind === 'call' ? { to: row.call.to, data: row.call.data, value: row.call.valueWei, gas: row.gasLimit } : { to: signer.address, gas: CANCEL_GAS };
  const unsigned = {
    type: 'eip1559',
    chainId,
    nonce: row.nonce ?? 0,
    maxFeePerGas: fees.maxFeeWei,
    maxPriorityFeePerGas: fees.priorityFeeWei,
    ...does,
  } as const;
  const raw: Hex = serializeTransaction(unsigned, parseSignature(await signer.signDigest(keccak256(serializeTransaction(unsigned)))));
  const hash = keccak256(raw);
  const { rows } = await db.pool.query<{ created_at: Date }>(
    `INSERT INTO chain_attempt (transaction_id, number, kind, hash, raw, max_fee_wei, priority_fee_wei)
     SELECT id, $2, $3::chain_attempt_kind, $4, $5, $6, $7 FROM chain_transaction WHERE id = $1 AND state = 'sent'
     ON CONFLICT DO NOTHING RETURNING created_at`,
    [row.id, number, kind, hash, raw, fees.maxFeeWei, fees.priorityFeeWei],
  );
  return rows[0] ? { ...fees, number, kind, hash, raw, createdAt: rows[0].created_at, broadcastAt: null } : null;
}
