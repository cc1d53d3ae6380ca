import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { env } from '@/lib/env';

/** 32 bytes for one purpose, from a wrapping key by HKDF-SHA-256 (RFC 5869). Another purpose gives unrelated bytes. */
const deriveFrom = (wrappingKey: string, purpose: string) =>
  Buffer.from(hkdfSync('sha256', Buffer.from(wrappingKey.replace(/^0x/, ''), 'hex'), 'intaglio', purpose, 32));

export const deriveSecret = (purpose: string): Buffer => deriveFrom(env.WRAPPING_KEY, purpose);

/** The same from the key in force and from those it replaced, in this order: what was made before a rotation still opens. */
export const deriveSecrets = (purpose: string): Buffer[] => [env.WRAPPING_KEY, ...env.WRAPPING_KEYS_BEFORE].map((key) => deriveFrom(key, purpose));

const tagOf = (secret: Buffer, text: string) => createHmac('sha256', secret).update(text).digest('base64url');

/** HMAC-SHA-256 tag (base64url) of a text under the purpose's own key. */
export const sealTag = (purpose: string, text: string): string => tagOf(deriveSecret(purpose), text);

/** Whether a tag is ours, in constant time. */
export function isSealTag(purpose: string, text: string, tag: string): boolean {
  const given = Buffer.from(tag);
  return deriveSecrets(purpose).some((secret) => {
    const expected = Buffer.from(tagOf(secret, text));
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
}
