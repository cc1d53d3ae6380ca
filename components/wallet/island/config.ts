import { QueryClient } from '@tanstack/react-query';
import { type Chain, defineChain } from 'viem';
import { createConfig, http, injected } from 'wagmi';
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
    // The island exists in the browser only. This makes wagmi reconnect in an effect, once, and not in each render of its provider.
    ssr: true,
    transports: { [chain.id]: http(`${window.location.origin}${settings.rpcPath}`, { retryCount: 1 }) },
  });
}

let made: { chainId: number; config: ReturnType<typeof makeConfig> } | null = null;

/** One wagmi config a page, whichever islands are on it. */
export function walletConfig(settings: ChainConfigDto & { chainId: number }) {
  if (made?.chainId !== settings.chainId) made = { chainId: settings.chainId, config: makeConfig(settings) };
  return made.config;
}

export const walletQueries = new QueryClient();
