import { QueryClient } from '@tanstack/react-query';
import { type Chain, defineChain } from 'viem';
import { createConfig, http, injected } from 'wagmi';
import { reconnect } from 'wagmi/actions';
import type { ChainConfigDto } from '@/lib/auth/schema';
import { announceTestWallet } from '../test-wallet/announce';

/** The wallet's view of the server's chain. Reads go through our own proxy, and so does a wallet that has to be told of the chain. */
export function toChain(chain: ChainConfigDto & { chainId: number }): Chain {
  return defineChain({
    id: chain.chainId,
    name: chain.chainName,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [`${window.location.origin}${chain.rpcPath}`] } },
    ...(chain.explorerUrl && { blockExplorers: { default: { name: 'Explorer', url: chain.explorerUrl } } }),
    testnet: chain.testWallet,
  });
}

function makeConfig(settings: ChainConfigDto & { chainId: number }) {
  if (settings.testWallet) announceTestWallet(settings);
  const chain = toChain(settings);
  return createConfig({
    chains: [chain],
    connectors: [injected()],
    multiInjectedProviderDiscovery: true,
    transports: { [chain.id]: http(`${window.location.origin}${settings.rpcPath}`, { retryCount: 1 }) },
  });
}

/** An extension that does not answer is given up on after this, and the person asked to connect anew. */
const PATIENCE_MS = 5_000;

/** `settled` resolves when wagmi has tried to reconnect a known wallet: what it says of connections before that means nothing. */
export type WalletConfig = { chainId: number; config: ReturnType<typeof makeConfig>; settled: Promise<unknown> };

let made: WalletConfig | null = null;

/** One wagmi config a page, whichever islands are on it. */
export function walletConfig(settings: ChainConfigDto & { chainId: number }): WalletConfig {
  if (made?.chainId === settings.chainId) return made;
  const config = makeConfig(settings);
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  made = { chainId: settings.chainId, config, settled: Promise.race([reconnect(config).catch(() => {}), patience]) };
  return made;
}

export const walletQueries = new QueryClient();
