import type { MintStatusDto } from '@/lib/mint/schema';

export type MintSent = { outcome: 'succeeded' | 'reverted' | null; waitedMs: number };
export type MintPhase = { /** Whether there is something to look for. */ moving: boolean } & (
  | { kind: 'draft' | 'unsealed' | 'duplicate' | 'ready' | 'failed' }
  | { kind: 'sent'; slow: boolean }
  | { kind: 'minted'; text: string }
);

/** After this a person may mint again: the wallet may have replaced or dropped the transaction. A second mint cannot succeed twice. */
export const SLOW_AFTER_MS = 60_000;

const finalityText = {
  seen: 'It is in a block of the chain. A few more blocks make it safe.',
  safe: 'It is in your wallet, and safe from all but the deepest reorganisation of the chain.',
  final: 'It is in your wallet, for good.',
};

/** Where a work stands. Minted is what the indexer says; a receipt in the browser never is. */
export function mintPhase(status: MintStatusDto, sent: MintSent | null): MintPhase {
  if (status.state === 'minted') {
    const finality = status.finality ?? 'seen';
    return { kind: 'minted', text: finalityText[finality], moving: finality === 'seen' };
  }
  if (sent?.outcome === 'reverted') return { kind: 'failed', moving: false };
  if (sent) return { kind: 'sent', slow: sent.waitedMs > SLOW_AFTER_MS, moving: true };
  if (status.state === 'claimed') return { kind: 'ready', moving: false };
  return { kind: status.state, moving: status.state === 'unsealed' };
}
