import { randomBytes } from 'node:crypto';
import { env } from '@/lib/env';
import { newId } from '@/lib/ids';
import type { Prisma } from '@/prisma/client/client';
import { sealSecret } from './envelope';
import { createKmsKey, discardKmsKey } from './kms-keys';
import { localSigner, type Signer } from './signer';

/** `relayer` pays for collectors' mints, `treasury` pays creators out. */
export type HousePurpose = 'platform' | 'relayer' | 'treasury';
export type KeyPurpose = 'version' | HousePurpose;

/** What a sealed key's row is bound to. `SEALED_KEYS` says the same in SQL. */
export const boundTo = (id: string, purpose: string) => `sealed_key|${id}|${purpose}`;

/** A key that no row names yet. `discard` where none ever will. */
export type NewKey = { signer: Signer; row: Prisma.SealedKeyUncheckedCreateInput; discard: () => Promise<void> };

/** Makes a key: in KMS for the purposes that `KEYS_IN_KMS` names, else here. May call the network, so it stands before a transaction. */
export const makeKey = (purpose: KeyPurpose): Promise<NewKey> => (env.KEYS_IN_KMS.includes(purpose) ? makeKmsKey(purpose) : makeLocalKey(purpose));

async function makeLocalKey(purpose: KeyPurpose): Promise<NewKey> {
  const id = newId();
  const privateKey = randomBytes(32);
  const signer = localSigner(privateKey);
  const { kid, wrappedKey, ciphertext } = sealSecret(privateKey, boundTo(id, purpose));
  const sealed = { kid, wrappedKey: Uint8Array.from(wrappedKey), ciphertext: Uint8Array.from(ciphertext) };
  return { signer, row: { id, purpose, address: signer.address, ...sealed }, discard: async () => undefined };
}

async function makeKmsKey(purpose: KeyPurpose): Promise<NewKey> {
  const id = newId();
  const { keyId, signer } = await createKmsKey(id, purpose);
  return { signer, row: { id, purpose, address: signer.address, kmsKeyId: keyId }, discard: () => discardKmsKey(keyId) };
}
