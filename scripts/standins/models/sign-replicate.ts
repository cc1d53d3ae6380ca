import { createHmac, randomBytes } from 'node:crypto';

export const newSecret = () => `whsec_${randomBytes(24).toString('base64')}`;

/** Standard Webhooks headers, with a signature of every secret. */
export function signHook(body: string, secrets: string[], { id = 'msg_1', seconds = Math.floor(Date.now() / 1_000) } = {}): Record<string, string> {
  const one = (secret: string) =>
    createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
      .update(`${id}.${seconds}.${body}`)
      .digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': secrets.map((secret) => `v1,${one(secret)}`).join(' '),
  };
}
