import type { Database } from '@/lib/db';
import { log } from '@/lib/log';
import { currentKid, rewrapKey } from './envelope';

/** A table of sealed rows, and what each row is bound to. */
export type SealedTable = { table: 'sealed_key' | 'deployment_secret' | 'credential_certificate' | 'webhook_secret'; id: string; boundTo: string };

const AT_ONCE = 200;

type Row = { id: string; bound_to: string; kid: string; wrapped_key: Uint8Array; ciphertext: Uint8Array };

/**
 * Wraps what is under a former wrapping key by the one in force. Returns how many rows. Who reads a row meanwhile opens it by either key, so
 * a rotation is: set the new key, keep the old in WRAPPING_KEYS_BEFORE until this finds nothing more.
 */
export async function rewrapKeys({ pool }: Pick<Database, 'pool'>, { table, id, boundTo }: SealedTable): Promise<number> {
  const { rows } = await pool.query<Row>(
    `SELECT ${id} AS id, ${boundTo} AS bound_to, kid, wrapped_key, ciphertext FROM ${table} WHERE kid <> $1 LIMIT ${AT_ONCE}`,
    [currentKid()],
  );
  for (const row of rows) {
    const wrapped = rewrapKey({ kid: row.kid, wrappedKey: row.wrapped_key, ciphertext: row.ciphertext }, row.bound_to);
    // Only where nobody has stored another secret meanwhile.
    await pool.query(`UPDATE ${table} SET kid = $2, wrapped_key = $3 WHERE ${id} = $1 AND wrapped_key = $4`, [
      row.id,
      wrapped.kid,
      wrapped.wrappedKey,
      row.wrapped_key,
    ]);
  }
  if (rows.length > 0) log.info({ table, rows: rows.length, kid: currentKid() }, 'sealed keys are wrapped by the new key');
  return rows.length;
}
