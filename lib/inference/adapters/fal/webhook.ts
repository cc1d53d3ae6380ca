import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import type { EndpointCall, Webhook } from '../../adapter';
import { apiBase } from '../shared/address';
import { ask, readAs } from '../shared/ask';
import { limits } from '../shared/limits';
import { parseOrNull } from '../shared/parse-or-null';
import { isTimely, signingKeys } from '../shared/signing-keys';

const DAY_MS = 86_400_000;
const keys = signingKeys<KeyObject>(DAY_MS);
const jwks = z.object({ keys: z.array(z.object({ x: z.string().regex(/^[\w-]{43}=?$/) })).max(50) });

async function askSigningKeys(call: EndpointCall<unknown>, url: string): Promise<KeyObject[]> {
  const answer = await ask(call, { phase: 'look', url, timeoutMs: limits.checkMs });
  const { value } = readAs(jwks, answer, 'look');
  return value.keys.map(({ x }) => createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }));
}

/** Ed25519 by one of the keys it publishes, over id, user, time and the body's hash; five minutes at most. */
export async function readFalWebhook(call: EndpointCall<unknown>, { headers, rawBody, nowMs }: Webhook): Promise<{ jobId: string }> {
  const [id = '', user = '', seconds = '', signature = ''] = ['request-id', 'user-id', 'timestamp', 'signature'].map(
    (name) => headers[`x-fal-webhook-${name}`],
  );
  const hash = createHash('sha256').update(rawBody).digest('hex');
  const message = Buffer.from([id, user, seconds, hash].join('\n'));
  const fits = (key: KeyObject) => verify(null, message, key, Buffer.from(signature, 'hex'));
  const url = `${apiBase(call.url, 'https://rest.fal.ai')}/.well-known/jwks.json`;
  const whole = id !== '' && /^[0-9a-f]{128}$/i.test(signature) && isTimely(seconds, nowMs);
  const right = whole && (await keys({ of: url, nowMs, ask: () => askSigningKeys(call, url), fits }));
  if (!right) throw new AppError('bad_signature');
  const body = z.object({ request_id: z.string().regex(/^[\w-]{1,100}$/) }).safeParse(parseOrNull(rawBody));
  if (!body.success) throw new AppError('bad_signature', { cause: new Error('a signed webhook without a request’s id') });
  return { jobId: body.data.request_id };
}
