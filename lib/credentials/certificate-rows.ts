import 'server-only';
import type { Pool, PoolClient } from 'pg';
import { newId } from '@/lib/ids';
import { openSecret, sealSecret } from '@/lib/keys/envelope';
import type { SealedTable } from '@/lib/keys/rewrap-keys';
import type { MadeCertificate } from './certificates';

export type Role = 'root' | 'leaf';
export type CertificateRow = {
  id: string;
  role: Role;
  serial: string;
  certificate: Buffer;
  kid: string;
  wrapped_key: Buffer;
  ciphertext: Buffer;
  is_old: boolean;
};
type Client = Pool | PoolClient;

/** Row and role: a key moved to another row, or a leaf's to the root, does not open. `SEALED_CREDENTIALS` says the same in SQL. */
const boundTo = (id: string, role: Role) => `credential_certificate|${id}|${role}`;
export const SEALED_CREDENTIALS: SealedTable = {
  table: 'credential_certificate',
  id: 'id',
  boundTo: `'credential_certificate|' || id || '|' || role`,
};

export async function currentRow(client: Client, role: Role, maxAgeDays: number): Promise<CertificateRow | null> {
  const { rows } = await client.query<CertificateRow>(
    `SELECT id, role, serial, certificate, kid, wrapped_key, ciphertext, created_at < now() - make_interval(days => $2) AS is_old
     FROM credential_certificate WHERE role = $1 AND retired_at IS NULL`,
    [role, maxAgeDays],
  );
  return rows[0] ?? null;
}

export async function insertCertificate(client: Client, role: Role, issuerId: string | null, made: MadeCertificate): Promise<void> {
  const id = newId();
  const { kid, wrappedKey, ciphertext } = sealSecret(Buffer.from(made.privateKey), boundTo(id, role));
  await client.query(
    `INSERT INTO credential_certificate (id, role, issuer_id, serial, certificate, kid, wrapped_key, ciphertext) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, role, issuerId, made.serial, Buffer.from(made.certificate), kid, wrappedKey, ciphertext],
  );
}

/** Its PKCS #8. */
export function openCertificateKey({ id, role, kid, wrapped_key: wrappedKey, ciphertext }: CertificateRow): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(openSecret({ kid, wrappedKey, ciphertext }, boundTo(id, role)));
}

/** Takes the key of the current leaf away, for good: nobody signs with it any more, also not whoever takes the database later. */
export async function retireLeaf(client: Client, by: { userId: string; because: string } | null = null): Promise<void> {
  await client.query(
    `UPDATE credential_certificate SET retired_at = now(), retired_by = $1, retired_because = $2, kid = NULL, wrapped_key = NULL, ciphertext = NULL
      WHERE role = 'leaf' AND retired_at IS NULL`,
    [by?.userId ?? null, by?.because ?? null],
  );
}
