import type { PoolClient } from 'pg';
import type { Hex } from 'viem';

/** A key that the house sends transactions with, and what our rows say of it. */
export type HouseKey = { id: string; address: Hex; purpose: 'relayer' | 'treasury' /** The first nonce we have not used. */; nextNonce: number };

export async function readHouseKeys(sql: PoolClient, chainId: number): Promise<HouseKey[]> {
  const { rows } = await sql.query<{ id: string; address: Hex; purpose: HouseKey['purpose']; next: string }>(
    `SELECT k.id, k.address, k.purpose, coalesce(max(t.nonce) + 1, 0) AS next
       FROM sealed_key k LEFT JOIN chain_transaction t ON t.key_id = k.id AND t.chain_id = $1
      WHERE k.purpose IN ('relayer', 'treasury') GROUP BY k.id ORDER BY k.id`,
    [chainId],
  );
  return rows.map(({ next, ...key }) => ({ ...key, nextNonce: Number(next) }));
}
