import type { Pool } from 'pg';

/** What of each payment repaid a debt and so never reached the balance: millicredits by ref. */
export async function loadRepaid(pool: Pool, refs: readonly string[]): Promise<Map<string, bigint>> {
  const { rows } = await pool.query<{ ref: string; amount: string }>(
    `SELECT ref, sum(amount) AS amount FROM ledger.transfer WHERE ref = ANY ($1) AND code = 'debt_repaid' GROUP BY ref`,
    [refs],
  );
  return new Map(rows.map((row) => [row.ref, BigInt(row.amount)]));
}
