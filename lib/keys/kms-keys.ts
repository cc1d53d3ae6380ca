import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { askKms } from './kms-client';
import { kmsSigner } from './kms-signer';
import type { Signer } from './signer';

/** A new key is known everywhere in KMS only after seconds. */
const LOOKS = 5;
const BETWEEN_LOOKS_MS = 1_000;

/** The least that KMS takes: days in which an operator can still call it off. */
const DAYS_TO_DELETION = 7;

/**
 * Has AWS KMS make a key that never leaves it, tagged with the row that will name it: whoever looks for keys that no row names finds them so. Asked
 * once, since KMS would make another for each repetition.
 */
export async function createKmsKey(rowId: string, purpose: string): Promise<{ keyId: string; signer: Signer }> {
  const input = {
    KeySpec: 'ECC_SECG_P256K1',
    KeyUsage: 'SIGN_VERIFY',
    Description: `Intaglio ${purpose} key`,
    Tags: [
      { TagKey: 'intaglio-key', TagValue: rowId },
      { TagKey: 'intaglio-purpose', TagValue: purpose },
    ],
  } as const;
  const { KeyMetadata } = await askKms((kms, options) => kms.createKey({ ...input, Tags: [...input.Tags] }, options), 1);
  const keyId = KeyMetadata?.Arn;
  if (!keyId) throw new AppError('key_service_unavailable', { cause: new Error('KMS made a key and did not name it') });
  try {
    return { keyId, signer: await firstLook(keyId) };
  } catch (error) {
    await discardKmsKey(keyId);
    throw error;
  }
}

async function firstLook(keyId: string): Promise<Signer> {
  for (let look = 1; ; look++) {
    try {
      return await kmsSigner(keyId);
    } catch (error) {
      if (look === LOOKS || !(error instanceof AppError) || error.code !== 'misconfigured') throw error;
      await pause(BETWEEN_LOOKS_MS);
    }
  }
}

/** Has a key deleted that nothing was signed with. Never throws: what is left over costs a dollar a month, and the log names it. */
export async function discardKmsKey(keyId: string): Promise<void> {
  try {
    await askKms((kms, options) => kms.scheduleKeyDeletion({ KeyId: keyId, PendingWindowInDays: DAYS_TO_DELETION }, options));
  } catch (err) {
    log.warn({ kmsKeyId: keyId, err }, 'a key in KMS that nothing uses could not be deleted');
  }
}
