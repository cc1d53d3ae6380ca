import type { Pool } from 'pg';

/** Which of `refs` are the person's own purchases by card. */
export async function loadPurchases(pool: Pool, userId: string, refs: readonly string[]): Promise<Set<string>> {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM card_purchase WHERE id = ANY ($1) AND user_id = $2', [refs, userId]);
  return new Set(rows.map(({ id }) => id));
}
