import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import { openSecret, sealSecret } from '@/lib/keys/envelope';
import type { SealedTable } from '@/lib/keys/rewrap-keys';

/** What an endpoint takes as proof that a call is its creator's, and what its webhooks are signed with. */
export const endpointSecret = z.strictObject({
  secret: z.string().max(4096).nullable().default(null),
  webhookSecret: z.string().max(4096).nullable().default(null),
});
export type EndpointSecret = z.output<typeof endpointSecret>;

export type SealedRow = { kid: string; wrapped_key: Uint8Array; ciphertext: Uint8Array };

/** Table, row and version: a ciphertext moved anywhere else does not open. `SEALED_DEPLOYMENTS` says the same in SQL. */
const boundTo = (deploymentId: string, version: string) => `deployment_secret|${deploymentId}|${version}`;

export const SEALED_DEPLOYMENTS: SealedTable = {
  table: 'deployment_secret',
  id: 'deployment_id',
  boundTo: `'deployment_secret|' || deployment_id || '|' || (SELECT d.version_digest FROM deployment d WHERE d.id = deployment_id)`,
};

/** The secrets of a deployment as its row takes them. */
export function sealDeploymentSecret(deployment: { id: string; version: string }, secret: EndpointSecret) {
  const { kid, wrappedKey, ciphertext } = sealSecret(Buffer.from(JSON.stringify(secret)), boundTo(deployment.id, deployment.version));
  return { kid, wrappedKey: Uint8Array.from(wrappedKey), ciphertext: Uint8Array.from(ciphertext) };
}

/** Stores the secrets of a deployment, in place of what it had. */
export async function storeSecret(tx: Pool | PoolClient, deployment: { id: string; version: string }, secret: EndpointSecret): Promise<void> {
  const sealed = sealDeploymentSecret(deployment, secret);
  await tx.query(
    `INSERT INTO deployment_secret (deployment_id, kid, wrapped_key, ciphertext) VALUES ($1, $2, $3, $4)
     ON CONFLICT (deployment_id) DO UPDATE SET kid = $2, wrapped_key = $3, ciphertext = $4, changed_at = now()`,
    [deployment.id, sealed.kid, sealed.wrappedKey, sealed.ciphertext],
  );
}

/** Opens them for a call. Throws `misconfigured` when a bit, the row or the key is not as it was. */
export function openDeploymentSecret(row: SealedRow | null, deployment: { id: string; version: string }): EndpointSecret {
  if (!row) return endpointSecret.parse({});
  const sealed = { kid: row.kid, wrappedKey: row.wrapped_key, ciphertext: row.ciphertext };
  return endpointSecret.parse(JSON.parse(openSecret(sealed, boundTo(deployment.id, deployment.version)).toString('utf8')));
}
