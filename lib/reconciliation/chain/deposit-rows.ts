import type { PoolClient } from 'pg';
import type { Hex } from 'viem';
import type { TillAsset } from './read-till';

export type DepositRow = {
  blockHash: Hex;
  txHash: Hex;
  ordinal: number;
  blockNumber: bigint;
  payer: Hex;
  memo: Hex;
  asset: TillAsset;
  amount: bigint;
  state: 'seen' | 'credited' | 'reversed' | 'unclaimed' | 'refunding' | 'refunded';
  /** Of an unclaimed one: why nobody got it. */
  unclaimedBecause: 'unknown_payer' | 'unknown_token' | 'too_large' | null;
  isPriced: boolean;
};
/** What the database says of deposits, at one moment: its rows up to the block it has followed the chain to. */
export type DepositReading = { cursor: { number: bigint; hash: Hex; at: Date } | null; rows: DepositRow[] };

type Row = Pick<DepositRow, 'ordinal' | 'payer' | 'memo' | 'asset' | 'state'> & {
  block_hash: Hex;
  tx_hash: Hex;
  block_number: string;
  amount: string;
  unclaimed_because: DepositRow['unclaimedBecause'];
  is_priced: boolean;
};

/** Payments that came through the till's own function. `upTo`: no further than this block, however far the indexer is. */
export async function readDeposits(sql: PoolClient, chainId: number, upTo: bigint): Promise<DepositReading> {
  const blocks = await sql.query<{ number: string; hash: Hex; at: Date }>(
    'SELECT number, hash, at FROM chain_block WHERE chain_id = $1 AND number <= $2 ORDER BY number DESC LIMIT 1',
    [chainId, upTo],
  );
  const [block] = blocks.rows;
  if (!block) return { cursor: null, rows: [] };
  const { rows } = await sql.query<Row>(
    `SELECT block_hash, tx_hash, ordinal, block_number, payer, memo, coalesce(token, 'eth') AS asset, amount, state, unclaimed_because,
            millicredits IS NOT NULL AS is_priced FROM deposit WHERE chain_id = $1 AND block_number <= $2 AND x402_payment_id IS NULL ORDER BY block_number, tx_hash, ordinal`,
    [chainId, block.number],
  );
  return { cursor: { number: BigInt(block.number), hash: block.hash, at: block.at }, rows: rows.map(toRow) };
}

const toRow = ({ block_hash, tx_hash, block_number, amount, unclaimed_because, is_priced, ...row }: Row): DepositRow => ({
  ...row,
  blockHash: block_hash,
  txHash: tx_hash,
  blockNumber: BigInt(block_number),
  amount: BigInt(amount),
  unclaimedBecause: unclaimed_because,
  isPriced: is_priced,
});
