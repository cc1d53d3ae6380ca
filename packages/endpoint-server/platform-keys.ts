import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { VerifyMessage } from '../../lib/protocol/signed-request';
import type { PublicKey, Settings } from './settings';

const FRESH_MS = 10 * 60_000;
/** An unknown key id asks for the list again, but no more often than this: anybody can make one up. */
const ASK_AGAIN_MS = 30_000;

const open = (keys: PublicKey[]) => new Map(keys.map((jwk) => [jwk.kid, createPublicKey({ key: jwk, format: 'jwk' })]));

/** Verifies with the platform's keys: those in the settings, or those at an address, which a new key appears at by itself. */
export function platformVerifier(source: Settings['platformKeys']): VerifyMessage {
  let keys: Map<string, KeyObject> = typeof source === 'string' ? new Map() : open(source);
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;

  async function refresh(address: string): Promise<void> {
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(5_000), redirect: 'error' });
      const { keys: listed } = (await answer.json()) as { keys: PublicKey[] };
      keys = open(listed);
    } catch (error) {
      // The keys of before still count: an outage over there is no reason to stop here.
      console.error(`the platform's keys could not be read: ${(error as Error).message}`);
    }
  }

  return async (keyId, message, signature) => {
    const age = Date.now() - askedAt;
    if (typeof source === 'string' && age > (keys.has(keyId) ? FRESH_MS : ASK_AGAIN_MS)) {
      askedAt = Date.now();
      asking = refresh(source);
    }
    await asking;
    const key = keys.get(keyId);
    return key ? verify(null, message, key, signature) : null;
  };
}
