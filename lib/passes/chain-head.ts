import 'server-only';
import type { Hex } from 'viem';
import { withoutUrl } from '@/lib/chain/chain-error';
import { publicClient } from '@/lib/chain/client';
import { AppError } from '@/lib/errors';

export type Head = { number: bigint; hash: Hex };

/** With the indexer's second, this is how late a moved pass is noticed at most. */
const ASKED_EVERY_MS = 1000;
const held: { at: number; head: Promise<Head> | null } = { at: 0, head: null };

/** The newest block as the node says it, asked once a second for everyone in this process. Throws `chain_unavailable`. */
export async function chainHead(): Promise<Head> {
  const now = performance.now();
  if (!held.head || now - held.at >= ASKED_EVERY_MS) {
    held.at = now;
    held.head = ask();
  }
  return held.head;
}

async function ask(): Promise<Head> {
  try {
    const { number, hash } = await publicClient().getBlock({ includeTransactions: false });
    return { number, hash };
  } catch (cause) {
    throw new AppError('chain_unavailable', { cause: withoutUrl(cause) });
  }
}
