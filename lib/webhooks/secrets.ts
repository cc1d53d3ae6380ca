import type { PoolClient } from 'pg';
import { newId } from '@/lib/ids';
import { openSecret, sealSecret } from '@/lib/keys/envelope';
import type { SealedTable } from '@/lib/keys/rewrap-keys';
import { makeSecret } from './sign-message';

/** Row and endpoint: a ciphertext moved to another does not open. `SEALED_WEBHOOKS` says the same in SQL. */
const boundTo = (id: string, endpointId: string) => `webhook_secret|${id}|${endpointId}`;
export const SEALED_WEBHOOKS: SealedTable = { table: 'webhook_secret', id: 'id', boundTo: `'webhook_secret|' || id || '|' || endpoint_id` };

type Row = { id: string; endpointId: string; kid: string; wrappedKey: Uint8Array; ciphertext: Uint8Array };

/** Makes a secret for an endpoint and keeps it sealed. Returns it: it is shown once. */
export async function addSecret(tx: PoolClient, endpointId: string): Promise<string> {
  const [id, secret] = [newId(), makeSecret()];
  const { kid, wrappedKey, ciphertext } = sealSecret(Buffer.from(secret), boundTo(id, endpointId));
  await tx.query('INSERT INTO webhook_secret (id, endpoint_id, kid, wrapped_key, ciphertext) VALUES ($1, $2, $3, $4, $5)', [
    ...[id, endpointId],
    ...[kid, wrappedKey, ciphertext],
  ]);
  return secret;
}

export const openWebhookSecret = (row: Row): string => openSecret(row, boundTo(row.id, row.endpointId)).toString();
