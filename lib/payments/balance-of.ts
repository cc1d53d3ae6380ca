import type { PoolClient } from 'pg';

/** Millicredits of a ledger account: `posted` in all, `available` of them not held. */
export async function balanceOf(tx: PoolClient, account: bigint): Promise<{ available: bigint; posted: bigint }> {
  const { rows } = await tx.query<{ available: string; posted: string }>('SELECT available, posted FROM ledger.balance($1)', [account]);
  return { available: BigInt(rows[0]?.available ?? 0), posted: BigInt(rows[0]?.posted ?? 0) };
}
