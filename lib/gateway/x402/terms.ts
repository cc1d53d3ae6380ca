import 'server-only';
import { type Hex, parseAbi } from 'viem';
import { chainId, publicClient } from '@/lib/chain/client';
import { deploymentOf } from '@/lib/chain/deployments';
import { usdcOf } from '@/lib/chain/usdc';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import type { Requirements } from './schema';

/** What a call is paid in, where, and to whom. */
export type Terms = { chainId: number; network: `eip155:${number}`; asset: Hex; name: string; version: string; payTo: Hex };

const abi = parseAbi(['function name() view returns (string)', 'function version() view returns (string)']);
const domains = new Map<string, Promise<{ name: string; version: string }>>();

/** Null where the chain has no USDC that we know. The money goes to the till in use, where the rest of it is. */
export async function paymentTerms(): Promise<Terms | null> {
  const chain = await chainId();
  const asset = usdcOf(chain);
  if (!asset) return null;
  return { chainId: chain, network: `eip155:${chain}`, asset, ...(await domainOf(asset)), payTo: deploymentOf(chain).current('till') };
}

/** How the token names itself in what its holders sign; it does not change, and is asked once. */
function domainOf(address: Hex): Promise<{ name: string; version: string }> {
  const known = domains.get(address);
  if (known) return known;
  const read = async () => {
    const ask = (functionName: 'name' | 'version') => publicClient().readContract({ address, abi, functionName });
    const [name, version] = await Promise.all([ask('name'), ask('version')]);
    return { name, version };
  };
  const asked = read().catch((cause: unknown) => {
    domains.delete(address);
    throw new AppError('chain_unavailable', { cause });
  });
  domains.set(address, asked);
  return asked;
}

/** Ten base units of USDC are a millicredit (lib/payments). */
export const UNITS_PER_MILLICREDIT = 10n;

/** From the run's deadline until the last block that may settle it: to check, store and send. */
export const SETTLE_SECONDS = 120;
/** What a client has between signing and sending. */
const SENDING_SECONDS = 180;

/** What has to be authorized for a price. It outlives a run that starts when it comes here, by what settling takes. */
export function requirementsOf({ network, asset, payTo, name, version }: Terms, millicredits: bigint): Requirements {
  return {
    scheme: 'exact',
    network,
    asset,
    amount: (millicredits * UNITS_PER_MILLICREDIT).toString(),
    payTo,
    maxTimeoutSeconds: env.RUN_DEADLINE_SECONDS + SETTLE_SECONDS + SENDING_SECONDS,
    extra: { name, version, assetTransferMethod: 'eip3009' },
  };
}
