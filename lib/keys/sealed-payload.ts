import { canonicalize } from 'json-canonicalize';
import type { z } from 'zod';
import { isSealTag, sealTag } from './derive';

/** What travels to the browser and comes back unchanged: base64url(RFC 8785 JSON) ‖ '.' ‖ our HMAC under the purpose's key. */
export function sealPayload(purpose: string, payload: object): string {
  const body = Buffer.from(canonicalize(payload)).toString('base64url');
  return `${body}.${sealTag(purpose, body)}`;
}

/** The payload of a token that is ours, or null. */
export function openPayload<T>(purpose: string, token: string, schema: z.ZodType<T>): T | null {
  const [body = '', tag = '', ...rest] = token.split('.');
  if (rest.length > 0 || !isSealTag(purpose, body, tag)) return null;
  return schema.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
}
