import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { env } from '@/lib/env';

/** 32 bytes for one purpose, from the wrapping key by HKDF-SHA-256 (RFC 5869). Another purpose gives unrelated bytes. */
export function deriveSecret(purpose: string): Buffer {
  const wrappingKey = Buffer.from(env.WRAPPING_KEY.replace(/^0x/, ''), 'hex');
  return Buffer.from(hkdfSync('sha256', wrappingKey, 'intaglio', purpose, 32));
}

/** HMAC-SHA-256 tag (base64url) of a text under the purpose's own key. */
export function sealTag(purpose: string, text: string): string {
  return createHmac('sha256', deriveSecret(purpose)).update(text).digest('base64url');
}

/** Whether a tag is ours, in constant time. */
export function isSealTag(purpose: string, text: string, tag: string): boolean {
  const expected = Buffer.from(sealTag(purpose, text));
  const given = Buffer.from(tag);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
