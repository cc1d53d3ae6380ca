import type { Database } from '@/lib/db';
import { withClient } from '@/scripts/lib/postgres';
import type { SettlementHandler } from '../types';

/** A handler whose effect in the database can be counted: one row for each call. */
export const recordingHandler: SettlementHandler = {
  purpose: 'test',
  onSettled: async (tx, { ref, outcome, gasWei, valueWei, error }) => {
    await tx.query('INSERT INTO test_settlement (ref, outcome, gas_wei, value_wei, error) VALUES ($1, $2, $3, $4, $5)', [
      ref,
      outcome,
      gasWei,
      valueWei,
      error,
    ]);
  },
};

/** The app's role makes no tables, so the owner's does. */
export async function makeSettlementTable(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, (client) =>
    client.query('CREATE TABLE test_settlement (ref uuid, outcome text, gas_wei numeric, value_wei numeric, error text)'),
  );
}

export type Recorded = { ref: string; outcome: string; gas_wei: string; value_wei: string; error: string | null };

export async function settlementsOf({ pool }: Pick<Database, 'pool'>, ref: string): Promise<Recorded[]> {
  return (await pool.query<Recorded>('SELECT * FROM test_settlement WHERE ref = $1', [ref])).rows;
}
