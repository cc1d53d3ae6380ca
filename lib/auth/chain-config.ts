import 'server-only';
import { chainId } from '@/lib/chain/client';
import { knownChain } from '@/lib/chain/known-chains';
import { env } from '@/lib/env';
import type { ChainConfigDto } from './schema';

const RPC_PATH = '/api/rpc';
/** A page does not wait longer than this for a chain that is slow to say who it is. */
const PATIENCE_MS = 2_000;

/** What the wallet island needs to know of the chain. Never throws: without an answer from the chain `chainId` is null. */
export async function chainConfig(): Promise<ChainConfigDto> {
  const id = await knownChainId();
  const known = knownChain(id);
  return {
    chainId: id,
    chainName: env.EMBEDDED_CHAIN ? 'Intaglio local chain' : (known?.name ?? `Chain ${id ?? 'unknown'}`),
    rpcPath: RPC_PATH,
    testWallet: env.EMBEDDED_CHAIN,
    explorerUrl: env.EMBEDDED_CHAIN ? null : (known?.blockExplorers?.default.url ?? null),
  };
}

async function knownChainId(): Promise<number | null> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, null);
  });
  try {
    return await Promise.race([chainId().catch(() => null), patience]);
  } finally {
    clearTimeout(timer);
  }
}
