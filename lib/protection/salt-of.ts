import { randomBytes } from 'node:crypto';
import type { Sql } from '@/lib/credits/accounts';

/** What a model's hashes are salted with; made by whoever asks first. */
export async function saltOf(sql: Sql, modelId: string): Promise<string> {
  await sql.query('INSERT INTO protection_salt (model_id, salt) VALUES ($1, $2) ON CONFLICT DO NOTHING', [modelId, randomBytes(32).toString('hex')]);
  const { rows } = await sql.query<{ salt: string }>('SELECT salt FROM protection_salt WHERE model_id = $1', [modelId]);
  return rows[0]?.salt ?? '';
}
