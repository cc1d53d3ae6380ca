import 'server-only';
import type { PoolClient } from 'pg';
import { type Database, inTransaction } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { type CertificateRow, currentRow, insertCertificate, openCertificateKey, type Role, retireLeaf } from './certificate-rows';
import { makeLeaf, makeRoot } from './certificates';
import { openPkcs8, pemOf, signerOver } from './local-key';
import type { SigningKey } from './sign-credentials';

type Db = Pick<Database, 'pool'>;
/** A root is never replaced by age: files are checked against it. */
const NEVER_DAYS = 36_500;

const house = () => new URL(env.PUBLIC_URL).host;

async function required(tx: PoolClient, role: Role): Promise<CertificateRow> {
  const row = await currentRow(tx, role, NEVER_DAYS);
  if (!row) throw new AppError('misconfigured', { message: `The ${role} certificate of this house could not be made.` });
  return row;
}

async function rootIn(tx: PoolClient): Promise<CertificateRow> {
  const row = await currentRow(tx, 'root', NEVER_DAYS);
  if (row) return row;
  await insertCertificate(tx, 'root', null, await makeRoot(`${house()} own root (vouched for by nobody else)`));
  log.info({ house: house() }, 'this house made its own root for Content Credentials');
  return required(tx, 'root');
}

/** One process at a time makes, replaces or revokes certificates. */
export function alone<T>({ pool }: Db, work: (tx: PoolClient) => Promise<T>): Promise<T> {
  return inTransaction(pool, async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', ['intaglio credentials']);
    return work(tx);
  });
}

async function freshLeaf(tx: PoolClient): Promise<CertificateRow> {
  const root = await rootIn(tx);
  await retireLeaf(tx);
  const issuer = { certificate: Uint8Array.from(root.certificate), privateKey: openCertificateKey(root) };
  await insertCertificate(tx, 'leaf', root.id, await makeLeaf(issuer, house()));
  return required(tx, 'leaf');
}

/** The house's own signing key, made at first use and replaced after CREDENTIALS_LEAF_DAYS. */
export async function houseSigningKey(db: Db): Promise<SigningKey> {
  let leaf = await currentRow(db.pool, 'leaf', env.CREDENTIALS_LEAF_DAYS);
  if (!leaf || leaf.is_old) {
    leaf = await alone(db, async (tx) => {
      const now = await currentRow(tx, 'leaf', env.CREDENTIALS_LEAF_DAYS);
      return now && !now.is_old ? now : freshLeaf(tx);
    });
  }
  return { ...signerOver(openPkcs8(openCertificateKey(leaf)), [leaf.certificate]), leaf: leaf.serial };
}

/** The house's root as PEM, made at first use: what a stranger gives their own reader. */
export async function houseRootPem(db: Db): Promise<string> {
  const root = (await currentRow(db.pool, 'root', NEVER_DAYS)) ?? (await alone(db, rootIn));
  return pemOf(root.certificate);
}

/** The house's revocation list, for readers. */
export async function revokedLeafs({ pool }: Db): Promise<{ serial: string; revokedAt: Date; because: string }[]> {
  const { rows } = await pool.query<{ serial: string; revokedAt: Date; because: string }>(
    `SELECT serial, revoked_at AS "revokedAt", revoked_because AS because FROM credential_certificate WHERE revoked_at IS NOT NULL ORDER BY revoked_at`,
  );
  return rows;
}
