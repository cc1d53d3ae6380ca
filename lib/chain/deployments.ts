import 'server-only';
import type { Hex } from 'viem';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { readDeployment } from './deploy/deployment';

/** Our contracts on a chain, lowercase; `startBlock` is at or before the first of them. */
export type ChainAddresses = { factory: Hex; till: Hex; startBlock: bigint };

const known = new Map<number, ChainAddresses>();

/** What DEPLOYMENTS_DIR says about a chain. Throws `misconfigured` where it says nothing, and looks again next time. */
export function deploymentOf(chainId: number): ChainAddresses {
  const kept = known.get(chainId);
  if (kept) return kept;
  const recorded = readDeployment(env.DEPLOYMENTS_DIR, chainId);
  if (!recorded) {
    throw new AppError('misconfigured', { message: `No contracts are recorded for chain ${chainId} in ${env.DEPLOYMENTS_DIR}. Run: npm run deploy` });
  }
  const lower = (address: string) => address.toLowerCase() as Hex;
  const addresses = { factory: lower(recorded.factory), till: lower(recorded.till), startBlock: BigInt(recorded.block) };
  known.set(chainId, addresses);
  return addresses;
}
