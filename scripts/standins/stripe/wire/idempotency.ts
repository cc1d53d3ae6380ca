import { createHash } from 'node:crypto';
import { Fault } from './fault';

export type Remembered = { fingerprint: string; status: number; body: string };

export const fingerprintOf = (method: string, path: string, body: string): string =>
  createHash('sha256').update(`${method} ${path}\n${body}`).digest('hex');

/** What was answered to this key before; another request under the same key is an error. */
export function recall(kept: Record<string, Remembered>, key: string, fingerprint: string): Remembered | null {
  const known = kept[key];
  if (!known) return null;
  if (known.fingerprint === fingerprint) return known;
  throw new Fault(
    400,
    {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    },
    false,
  );
}
