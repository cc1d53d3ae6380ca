import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { AppError } from '@/lib/errors';
import { deriveSecret, deriveSecrets } from './derive';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Names a wrapping key without telling it. */
const kidOf = (secret: Buffer) => `w-${createHash('sha256').update('intaglio wrapping key').update(secret).digest('hex').slice(0, 12)}`;
/** Name of the wrapping key in force: rows under another are wrapped anew (`rewrap-keys.ts`). */
export const currentKid = (): string => kidOf(deriveSecret('wrap'));

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

export type Envelope = { kid: string; wrappedKey: Uint8Array; ciphertext: Uint8Array };

function wrap(dataKey: Buffer, boundTo: string): Pick<Envelope, 'kid' | 'wrappedKey'> {
  const kid = currentKid();
  return { kid, wrappedKey: encrypt(deriveSecret('wrap'), dataKey, `${kid}|${boundTo}`) };
}

function unwrap({ kid, wrappedKey }: Pick<Envelope, 'kid' | 'wrappedKey'>, boundTo: string): Buffer {
  const secret = deriveSecrets('wrap').find((one) => kidOf(one) === kid);
  if (!secret) throw new Error(`no wrapping key ${kid} is set`);
  return decrypt(secret, wrappedKey, `${kid}|${boundTo}`);
}

/** A wrong wrapping key, a moved row or a changed bit is an error, never an empty answer. */
function opening<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new AppError('misconfigured', { cause, message: 'A sealed key could not be opened: is WRAPPING_KEY the one it was sealed with?' });
  }
}

/** Seals a secret under a fresh data key, which the wrapping key wraps. `boundTo` (table, row, purpose) must be given again to open it. */
export function sealSecret(secret: Buffer, boundTo: string): Envelope {
  const dataKey = randomBytes(32);
  return { ...wrap(dataKey, boundTo), ciphertext: encrypt(dataKey, secret, boundTo) };
}

/** Opens a sealed secret. */
export function openSecret(envelope: Envelope, boundTo: string): Buffer {
  return opening(() => decrypt(unwrap(envelope, boundTo), envelope.ciphertext, boundTo));
}

/** The same data key under the wrapping key in force; the ciphertext stays as it is. */
export function rewrapKey(envelope: Envelope, boundTo: string): Pick<Envelope, 'kid' | 'wrappedKey'> {
  return opening(() => wrap(unwrap(envelope, boundTo), boundTo));
}
