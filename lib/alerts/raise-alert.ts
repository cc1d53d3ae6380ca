import type { Pool, PoolClient } from 'pg';
import { newId } from '@/lib/ids';
import { log } from '@/lib/log';

export type Alert = {
  /** Names what happened: raised again under the same key, nothing is added. */
  key: string;
  /** What sort of thing it is, in snake_case: `chain_forked`. Alerts are filtered by it. */
  kind: string;
  /** A sentence for the operator: what happened, and what they should do. */
  text: string;
  /** Facts to look into it with: ids, hashes, amounts as strings. No secrets: operators read it on a page. */
  details?: Record<string, string | number | boolean | null>;
};

/** Tells the operators, once for each key; given a transaction, together with what happened in it. Returns the alert's id. */
export async function raiseAlert(sql: Pool | PoolClient, { key, kind, text, details = {} }: Alert): Promise<string> {
  // The no-op update makes RETURNING answer for a known key, too; xmax is 0 in a row that was just inserted.
  const { rows } = await sql.query<{ id: string; is_new: boolean }>(
    `INSERT INTO operator_alert (id, key, kind, text, details) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (key) DO UPDATE SET key = EXCLUDED.key RETURNING id, xmax = 0 AS is_new`,
    [newId(), key, kind, text, JSON.stringify(details)],
  );
  const raised = rows[0];
  if (!raised) throw new Error(`alert ${key} was not written`);
  if (raised.is_new) log.error({ alert: raised.id, kind, key, details }, text);
  return raised.id;
}
