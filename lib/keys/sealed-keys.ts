import { randomBytes } from 'node:crypto';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { openSecret, sealSecret } from './envelope';
import type { SealedTable } from './rewrap-keys';
import { localSigner, type Signer } from './signer';

/** `relayer` pays for collectors' mints, `treasury` pays creators out. */
export type KeyPurpose = 'version' | HousePurpose;
export type HousePurpose = 'platform' | 'relayer' | 'treasury';
type Prisma = Pick<Database['prisma'], 'sealedKey'>;

const bound = (id: string, purpose: string) => `sealed_key|${id}|${purpose}`;
export const SEALED_KEYS: SealedTable = { table: 'sealed_key', id: 'id', boundTo: `'sealed_key|' || id || '|' || purpose` };
const opened = new Map<string, Signer>();

/** Makes a key and stores it sealed. Returns its row id and address (lowercase). */
export async function createKey(prisma: Prisma, purpose: KeyPurpose): Promise<{ id: string; signer: Signer }> {
  const id = newId();
  const privateKey = randomBytes(32);
  const signer = localSigner(privateKey);
  const { kid, wrappedKey, ciphertext } = sealSecret(privateKey, bound(id, purpose));
  await prisma.sealedKey.create({
    data: { id, purpose, address: signer.address, kid, wrappedKey: Uint8Array.from(wrappedKey), ciphertext: Uint8Array.from(ciphertext) },
  });
  return { id, signer };
}

/** The signer over a stored key. Opened once a process; keys are never edited. */
export async function signerOf({ prisma }: { prisma: Prisma }, keyId: string): Promise<Signer> {
  const known = opened.get(keyId);
  if (known) return known;
  const row = await prisma.sealedKey.findUnique({ where: { id: keyId } });
  if (!row) throw new AppError('misconfigured', { message: `No sealed key ${keyId}.` });
  const signer = localSigner(openSecret(row, bound(row.id, row.purpose)));
  if (signer.address !== row.address) throw new AppError('signer_mismatch', { message: `Sealed key ${keyId} opens to another address.` });
  opened.set(keyId, signer);
  return signer;
}

/** The house's key for a purpose, made at first use. Two processes that start at once agree on the older one. */
export async function houseKey({ prisma }: { prisma: Prisma }, purpose: HousePurpose): Promise<{ id: string; signer: Signer }> {
  const find = () => prisma.sealedKey.findFirst({ where: { purpose, retiredAt: null }, orderBy: { id: 'asc' } });
  let row = await find();
  if (!row) {
    await createKey(prisma, purpose);
    row = await find();
  }
  if (!row) throw new AppError('misconfigured', { message: `The ${purpose} key could not be made.` });
  return { id: row.id, signer: await signerOf({ prisma }, row.id) };
}

/** The key that signs vouchers. */
export const platformSigner = async (db: { prisma: Prisma }): Promise<Signer> => (await houseKey(db, 'platform')).signer;
