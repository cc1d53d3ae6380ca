import 'server-only';
import type { PublicClient } from 'viem';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { withoutUrl } from './chain-error';
import { openClient } from './client';
import { chainName } from './known-chains';

/** Somebody waits for the answer at each call, and our own chain is not asked behind it. */
const PATIENCE_MS = 3_000;

type Other = { client: PublicClient; id: Promise<number> | null };
const held = globalThis as { intaglioOtherChains?: Map<number, Other> };

function others(): Map<number, Other> {
  held.intaglioOtherChains ??= new Map(
    env.HOLDING_CHAINS.map(({ chainId, url }) => [chainId, { client: openClient(url, { timeout: PATIENCE_MS, retryCount: 0 }), id: null }]),
  );
  return held.intaglioOtherChains;
}

/** The chains beside our own of which rules may ask who holds what (HOLDING_CHAINS). They are read and nothing else. */
export const otherChains = (): { chainId: number; name: string }[] => [...others().keys()].map((chainId) => ({ chainId, name: chainName(chainId) }));

export const isOtherChain = (chainId: number): boolean => others().has(chainId);

/** The client of such a chain, once its node has said that it is that chain. Throws `chain_unavailable`, also where the node is of another chain. */
export async function otherChainClient(chainId: number): Promise<PublicClient> {
  const other = others().get(chainId);
  if (!other) throw new AppError('chain_unavailable');
  other.id ??= other.client.getChainId();
  try {
    if ((await other.id) !== chainId) throw new Error(`the node of chain ${chainId} is of chain ${await other.id}`);
    return other.client;
  } catch (cause) {
    other.id = null;
    throw new AppError('chain_unavailable', { cause: withoutUrl(cause) });
  }
}

/** For a start: throws where a node is of another chain than the setting says. One that does not answer is told, and asked again at each call. */
export async function checkOtherChains(): Promise<void> {
  for (const [chainId, { client }] of others()) {
    const said = await client.getChainId().catch(() => null);
    if (said === null) log.warn({ chainId }, 'a chain of HOLDING_CHAINS does not answer: nobody holds anything there meanwhile');
    else if (said !== chainId) throw new Error(`HOLDING_CHAINS: the node given for chain ${chainId} is of chain ${said}.`);
  }
}
