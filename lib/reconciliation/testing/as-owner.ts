import pg from 'pg';
import { env } from '@/lib/env';

const guarded = ['ledger.transfer', 'ledger.entry', 'ledger.hold', 'generation', 'relay', 'payout', 'payout_approval', 'chain_transaction'];

/**
 * Writes with the role that owns the tables, past triggers and functions: the only way to make books that contradict themselves. What it
 * changes is gone with the test's database. Returns how many rows it changed.
 */
export async function asOwner(sql: string, values: unknown[] = []): Promise<number> {
  const client = new pg.Client({ connectionString: env.DATABASE_OWNER_URL });
  await client.connect();
  try {
    await client.query('BEGIN');
    for (const table of guarded) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    const { rowCount } = await client.query(sql, values);
    for (const table of guarded) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
    await client.query('COMMIT');
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}
