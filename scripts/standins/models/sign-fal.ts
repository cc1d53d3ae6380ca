import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';

export type Pair = { privateKey: KeyObject; x: string };

export function newPair(): Pair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, x: publicKey.export({ format: 'jwk' }).x ?? '' };
}

/** The four headers over id, user, time and the body's hash. */
export function signFal(body: string, { privateKey }: Pair, { id = randomUUID() as string, seconds = Math.floor(Date.now() / 1_000) } = {}) {
  const message = [id, 'user_1', seconds, createHash('sha256').update(body).digest('hex')].join('\n');
  return {
    'x-fal-webhook-request-id': id,
    'x-fal-webhook-user-id': 'user_1',
    'x-fal-webhook-timestamp': String(seconds),
    'x-fal-webhook-signature': sign(null, Buffer.from(message), privateKey).toString('hex'),
  };
}
