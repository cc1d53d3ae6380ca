import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '@/lib/errors';
import { deriveSecret } from './derive';

/** Names the wrapping key in force, so that a later one can tell which rows are still wrapped by the old. */
export const WRAPPING_KEY_ID = 'env-1';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM: 12-byte random nonce ‖ ciphertext ‖ 16-byte tag. `bound` is authenticated, not stored. */
function encrypt(key: Buffer, plain: Buffer, bound: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(bound));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Uint8Array, bound: string): Buffer {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES)).setAAD(Buffer.from(bound));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
}

export type Envelope = { kid: string; wrappedKey: Buffer; ciphertext: Buffer };

/** Seals a secret under a fresh data key, which the wrapping key wraps. `boundTo` (table, row, purpose) must be given again to open it. */
export function sealSecret(secret: Buffer, boundTo: string): Envelope {
  const dataKey = randomBytes(32);
  return {
    kid: WRAPPING_KEY_ID,
    wrappedKey: encrypt(deriveSecret('wrap'), dataKey, `${WRAPPING_KEY_ID}|${boundTo}`),
    ciphertext: encrypt(dataKey, secret, boundTo),
  };
}

/** Opens a sealed secret. A wrong wrapping key, a moved row or a changed bit is an error, never an empty answer. */
export function openSecret(envelope: { kid: string; wrappedKey: Uint8Array; ciphertext: Uint8Array }, boundTo: string): Buffer {
  try {
    const dataKey = decrypt(deriveSecret('wrap'), envelope.wrappedKey, `${envelope.kid}|${boundTo}`);
    return decrypt(dataKey, envelope.ciphertext, boundTo);
  } catch (cause) {
    throw new AppError('misconfigured', { cause, message: 'A sealed key could not be opened: is WRAPPING_KEY the one it was sealed with?' });
  }
}
