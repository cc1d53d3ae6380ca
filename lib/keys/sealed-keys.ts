import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { SealedKey } from '@/prisma/client/client';
import { openSecret } from './envelope';
import { kmsSigner } from './kms-signer';
import { boundTo, type HousePurpose, type KeyPurpose, makeKey } from './make-key';
import type { SealedTable } from './rewrap-keys';
import { localSigner, type Signer } from './signer';

type Prisma = Pick<Database['prisma'], 'sealedKey'>;

export const SEALED_KEYS: SealedTable = { table: 'sealed_key', id: 'id', boundTo: `'sealed_key|' || id || '|' || purpose` };
const opened = new Map<string, Signer>();

/** Makes a key and stores it. Returns its row id and signer. */
export async function createKey(prisma: Prisma, purpose: KeyPurpose): Promise<{ id: string; signer: Signer }> {
  const { signer, row } = await makeKey(purpose);
  const { id } = await prisma.sealedKey.create({ data: row });
  return { id, signer };
}

/** The signer over a stored key. Opened once a process; keys are never edited. */
export async function signerOf({ prisma }: { prisma: Prisma }, keyId: string): Promise<Signer> {
  const known = opened.get(keyId);
  if (known) return known;
  const row = await prisma.sealedKey.findUnique({ where: { id: keyId } });
  if (!row) throw new AppError('misconfigured', { message: `No key ${keyId}.` });
  const signer = row.kmsKeyId ? await kmsSigner(row.kmsKeyId) : localSigner(openSealed(row));
  if (signer.address !== row.address) throw new AppError('signer_mismatch', { message: `Key ${keyId} opens to another address.` });
  opened.set(keyId, signer);
  return signer;
}

function openSealed({ id, purpose, kid, wrappedKey, ciphertext }: SealedKey): Buffer {
  if (!kid || !wrappedKey || !ciphertext) throw new AppError('misconfigured', { message: `Key ${id} is nowhere.` });
  return openSecret({ kid, wrappedKey, ciphertext }, boundTo(id, purpose));
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
