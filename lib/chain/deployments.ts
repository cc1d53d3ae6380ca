import 'server-only';
import type { Hex, PublicClient } from 'viem';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { workCollectionFactoryAbi } from './abi/work-collection-factory';
import type { Kind } from './deploy/deployables';
import { readDeployment } from './deploy/deployment';

/** Our contracts on a chain, lowercase. */
export type ChainDeployment = {
  /** The one in use. Throws `misconfigured` where the record has none of this kind. */
  current(kind: Kind): Hex;
  /** All that were ever in use, newest first: what they made or were paid stays ours. */
  all(kind: Kind): Hex[];
  /** At or before the first of them. */
  startBlock: bigint;
  /** Stand-ins of the local chain for contracts of others; null on any other chain. */
  standIns: { usdc: Hex; ethUsdFeed: Hex } | null;
};

/** What DEPLOYMENTS_DIR says about a chain, read each time: a new deployment counts without a restart. Throws `misconfigured` where it says nothing. */
export function deploymentOf(chainId: number): ChainDeployment {
  const recorded = readDeployment(env.DEPLOYMENTS_DIR, chainId);
  if (!recorded) throw misconfigured(`No contracts are recorded for chain ${chainId}`);
  const all = (kind: Kind) =>
    recorded.contracts
      .filter((contract) => contract.kind === kind)
      .map(({ address }) => lower(address))
      .reverse();
  return {
    all,
    current: (kind) => {
      const [newest] = all(kind);
      if (!newest) throw misconfigured(`No contract of kind ${kind} is recorded for chain ${chainId}`);
      return newest;
    },
    startBlock: BigInt(Math.min(...recorded.contracts.map(({ block }) => block))),
    standIns: recorded.standIns ? { usdc: lower(recorded.standIns.usdc), ethUsdFeed: lower(recorded.standIns.ethUsdFeed) } : null,
  };
}

const lower = (address: Hex) => address.toLowerCase() as Hex;

const misconfigured = (what: string) =>
  new AppError('misconfigured', { message: `${what} in ${env.DEPLOYMENTS_DIR}. See: npm run deploy -- --help` });

/** Whether a factory of this kind, the one in use or a former one, made the collection. */
export async function isFactoryMade(client: PublicClient, chainId: number, kind: Kind, collection: Hex): Promise<boolean> {
  const factories = deploymentOf(chainId).all(kind);
  const ask = (address: Hex) =>
    // All kinds of factories answer alike (CollectionFactory.sol).
    client.readContract({ address, abi: workCollectionFactoryAbi, functionName: 'isCollection', args: [collection] });
  return (await Promise.all(factories.map(ask))).includes(true);
}
