import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import type { EndpointCall, Webhook } from '../../adapter';
import { apiBase } from '../shared/address';
import { ask, readAs } from '../shared/ask';
import { limits } from '../shared/limits';
import { parseOrNull } from '../shared/parse-or-null';
import { isTimely, signingKeys } from '../shared/signing-keys';

type Call = EndpointCall<unknown>;

export const replicateBase = ({ url }: Call): string => apiBase(url, 'https://api.replicate.com');
export const replicateHeaders = ({ secret }: Call): Record<string, string> => ({ authorization: `Bearer ${secret ?? ''}` });

const HOUR_MS = 3_600_000;
const keys = signingKeys<Buffer>(HOUR_MS);
const MOST_SIGNATURES = 10;

/** The account's signing secret, which its token may read: nothing to copy by hand, and found again when it is rotated. */
async function askSigningKeys(call: Call): Promise<Buffer[]> {
  const url = `${replicateBase(call)}/v1/webhooks/default/secret`;
  const answer = await ask(call, { phase: 'look', url, headers: replicateHeaders(call), timeoutMs: limits.checkMs });
  const { value } = readAs(z.object({ key: z.string().regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/) }), answer, 'look');
  return [Buffer.from(value.key.slice('whsec_'.length), 'base64')];
}

const sameBytes = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b);

/** Standard Webhooks: HMAC-SHA256 over "id.timestamp.body", any of the signatures, five minutes at most. */
export async function readReplicateWebhook(call: Call, { headers, rawBody, nowMs }: Webhook): Promise<{ jobId: string }> {
  const { 'webhook-id': id = '', 'webhook-timestamp': seconds = '', 'webhook-signature': list = '' } = headers;
  const signatures = list.split(' ').filter((text) => text.startsWith('v1,'));
  const given = signatures.slice(0, MOST_SIGNATURES).map((text) => Buffer.from(text.slice('v1,'.length), 'base64'));
  const fits = (key: Buffer) => {
    const ours = createHmac('sha256', key).update(`${id}.${seconds}.${rawBody}`).digest();
    return given.some((signature) => sameBytes(signature, ours));
  };
  // Not the token itself: nothing keeps that.
  const of = createHash('sha256')
    .update(`${replicateBase(call)} ${call.secret}`)
    .digest('hex');
  const right = id !== '' && given.length > 0 && isTimely(seconds, nowMs) && (await keys({ of, nowMs, ask: () => askSigningKeys(call), fits }));
  if (!right) throw new AppError('bad_signature');
  const body = z.object({ id: z.string().regex(/^[\w-]{1,100}$/) }).safeParse(parseOrNull(rawBody));
  if (!body.success) throw new AppError('bad_signature', { cause: new Error('a signed webhook without a prediction’s id') });
  return { jobId: body.data.id };
}
