import { base, baseSepolia, type Chain, sepolia } from 'viem/chains';

/** The chains that `npm run deploy -- --chain <name>` knows: id, name, explorer and a public RPC, which allows few calls. Any other goes by its id. */
export const KNOWN_CHAINS: Record<string, Chain> = { sepolia, base, 'base-sepolia': baseSepolia };
