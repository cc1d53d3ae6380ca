import 'server-only';
import type { Hex } from 'viem';
import { withoutUrl } from '@/lib/chain/chain-error';
import { publicClient } from '@/lib/chain/client';
import { otherChainClient } from '@/lib/chain/other-chains';
import { AppError } from '@/lib/errors';

export type Head = { number: bigint; hash: Hex };

/** With the indexer's second, this is how late a moved pass is noticed at most. */
const ASKED_EVERY_MS = 1000;
const held = new Map<number | null, { at: number; head: Promise<Head> }>();

/** Null: our own. */
export const clientOf = async (other: number | null) => (other === null ? publicClient() : otherChainClient(other));

/** The newest block as the node says it, asked once a second for everyone in this process. `other`: of a chain that is not ours. Throws `chain_unavailable`. */
export async function chainHead(other: number | null = null): Promise<Head> {
  const now = performance.now();
  const known = held.get(other);
  if (known && now - known.at < ASKED_EVERY_MS) return known.head;
  const head = ask(other);
  held.set(other, { at: now, head });
  return head;
}

async function ask(other: number | null): Promise<Head> {
  const client = await clientOf(other);
  try {
    const { number, hash } = await client.getBlock({ includeTransactions: false });
    return { number, hash };
  } catch (cause) {
    throw new AppError('chain_unavailable', { cause: withoutUrl(cause) });
  }
}
