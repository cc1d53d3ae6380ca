import type { Pool, PoolClient } from 'pg';
import type { Hex } from 'viem';
import type { ChainCall } from './types';

export type TransactionState = 'queued' | 'sent' | 'mined' | 'safe' | 'reverted' | 'refused';

/** A row of chain_transaction. `call` is what it shall do; the rest is where it stands. */
export type TransactionRow = {
  id: string;
  keyId: string;
  purpose: string;
  ref: string;
  call: ChainCall;
  maxGas: bigint | null;
  state: TransactionState;
  nonce: number | null;
  gasLimit: bigint;
  txHash: Hex | null;
};

export type AttemptKind = 'call' | 'cancel';
export type Fees = { maxFeeWei: bigint; priorityFeeWei: bigint };
export type Attempt = Fees & { number: number; kind: AttemptKind; hash: Hex; raw: Hex; createdAt: Date; broadcastAt: Date | null };

type Columns = {
  id: string;
  key_id: string;
  purpose: string;
  ref: string;
  to: Hex;
  data: Hex;
  value_wei: string;
  max_gas: string | null;
  state: TransactionState;
  nonce: string | null;
  gas_limit: string | null;
  tx_hash: Hex | null;
};

export const COLUMNS = 'id, key_id, purpose, ref, "to", data, value_wei, max_gas, state, nonce, gas_limit, tx_hash';

function toRow(row: Columns): TransactionRow {
  return {
    id: row.id,
    keyId: row.key_id,
    purpose: row.purpose,
    ref: row.ref,
    call: { to: row.to, data: row.data, valueWei: BigInt(row.value_wei) },
    maxGas: row.max_gas === null ? null : BigInt(row.max_gas),
    state: row.state,
    nonce: row.nonce === null ? null : Number(row.nonce),
    gasLimit: BigInt(row.gas_limit ?? 0),
    txHash: row.tx_hash,
  };
}

/** Rows of a query that selects COLUMNS. */
export async function readTransactions(sql: Pool | PoolClient, text: string, values: unknown[]): Promise<TransactionRow[]> {
  const { rows } = await sql.query<Columns>(text, values);
  return rows.map(toRow);
}

/** The transaction, locked until the caller's database transaction ends; null unless it is in this state. */
export async function lockTransaction(tx: PoolClient, id: string, state: TransactionState): Promise<TransactionRow | null> {
  const [row] = await readTransactions(tx, `SELECT ${COLUMNS} FROM chain_transaction WHERE id = $1 AND state = $2 FOR NO KEY UPDATE`, [id, state]);
  return row ?? null;
}

/** What was signed for a transaction, oldest first. */
export async function attemptsOf(sql: Pool | PoolClient, id: string): Promise<Attempt[]> {
  const { rows } = await sql.query<{
    number: number;
    kind: AttemptKind;
    hash: Hex;
    raw: Hex;
    max_fee_wei: string;
    priority_fee_wei: string;
    created_at: Date;
    broadcast_at: Date | null;
  }>('SELECT * FROM chain_attempt WHERE transaction_id = $1 ORDER BY number', [id]);
  return rows.map((row) => ({
    number: row.number,
    kind: row.kind,
    hash: row.hash,
    raw: row.raw,
    maxFeeWei: BigInt(row.max_fee_wei),
    priorityFeeWei: BigInt(row.priority_fee_wei),
    createdAt: row.created_at,
    broadcastAt: row.broadcast_at,
  }));
}
