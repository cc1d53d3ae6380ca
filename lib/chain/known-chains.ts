import 'server-only';
import { arbitrum, base, baseSepolia, type Chain, gnosis, mainnet, optimism, polygon, sepolia, zora } from 'viem/chains';

const KNOWN: Chain[] = [mainnet, optimism, base, arbitrum, polygon, gnosis, zora, sepolia, baseSepolia];

/** What viem knows of a chain. Undefined for one that has no name here. */
export const knownChain = (chainId: number | null): Chain | undefined => KNOWN.find(({ id }) => id === chainId);

export const chainName = (chainId: number): string => knownChain(chainId)?.name ?? `Chain ${chainId}`;
