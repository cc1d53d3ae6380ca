import 'server-only';
import { createPublicClient, http, type PublicClient } from 'viem';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { withoutUrl } from './chain-error';

const held = globalThis as { intaglioChain?: { client: PublicClient; chainId: Promise<number> | null } };

/** A client of one JSON-RPC address; calls made in the same tick travel as one request. */
export function openClient(url: string, { timeout = 10_000, retryCount = 2 } = {}): PublicClient {
  return createPublicClient({ transport: http(url, { batch: { batchSize: 100 }, timeout, retryCount }) });
}

/** The app's client of the chain at RPC_URL, opened at first use. */
export function publicClient(): PublicClient {
  held.intaglioChain ??= { client: openClient(env.RPC_URL), chainId: null };
  return held.intaglioChain.client;
}

/** The chain's id, asked once. Throws `chain_unavailable` while the chain does not answer, and asks again next time. */
export async function chainId(): Promise<number> {
  const client = publicClient();
  const chain = held.intaglioChain as NonNullable<typeof held.intaglioChain>;
  chain.chainId ??= client.getChainId();
  try {
    return await chain.chainId;
  } catch (cause) {
    chain.chainId = null;
    throw new AppError('chain_unavailable', { cause: withoutUrl(cause) });
  }
}
