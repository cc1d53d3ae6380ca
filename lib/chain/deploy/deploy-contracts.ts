import { concat, encodeAbiParameters, type Hex } from 'viem';
import { workCollectionFactoryAbi } from '@/lib/chain/abi/work-collection-factory';
import { tillCreationCode, workCollectionFactoryCreationCode } from './creation-code.generated';
import { type Deployment, readDeployment, writeDeployment } from './deployment';
import { type ChainWriter, deployDeterministic, deterministicAddress, hasCode } from './deterministic';
import { installMulticall, MULTICALL3 } from './install-multicall';

const LOCAL_CHAIN_ID = 31337;

export type DeployInput = ChainWriter & {
  /** Owner of factory and till: rotates the voucher key, takes the till's money. Part of the addresses. */
  platformOwner: Hex;
  /** The voucher key to start with. Part of the factory's address; rotated later by `setPlatformSigner`. */
  platformSigner: Hex;
  /** Where `<chainId>.json` is read and written. */
  dir: string;
  /** Recorded beside the addresses. */
  commit: string;
};

/**
 * Deploys factory (which brings the collection implementation) and till at addresses that follow from code, owner and first voucher key, and
 * records them. Safe to repeat: what stands is left alone, and nothing is sent where everything stands. On chain 31337 also installs Multicall3.
 */
export async function deployContracts(input: DeployInput): Promise<Deployment> {
  const { publicClient } = input;
  const chainId = await publicClient.getChainId();
  const before = Number(await publicClient.getBlockNumber());
  const tillCode = withArguments(tillCreationCode, [input.platformOwner]);
  const factoryCode = withArguments(workCollectionFactoryCreationCode, [input.platformOwner, input.platformSigner]);
  // A record beside a chain that was wiped names addresses that will be right again, but a block that is not.
  const stood = (await hasCode(publicClient, deterministicAddress(tillCode))) && (await hasCode(publicClient, deterministicAddress(factoryCode)));
  const till = await deployDeterministic(input, tillCode);
  const factory = await deployDeterministic(input, factoryCode);
  if (chainId === LOCAL_CHAIN_ID) await installMulticall(publicClient);
  const known = readDeployment(input.dir, chainId);
  if (stood && known?.factory === factory && known.till === till) return known;
  const deployment: Deployment = {
    chainId,
    factory,
    workCollectionImplementation: await publicClient.readContract({
      address: factory,
      abi: workCollectionFactoryAbi,
      functionName: 'implementation',
    }),
    till,
    ...((await hasCode(publicClient, MULTICALL3)) ? { multicall3: MULTICALL3 } : {}),
    block: before,
    commit: input.commit,
  };
  writeDeployment(input.dir, deployment);
  return deployment;
}

function withArguments(creationCode: string, addresses: Hex[]): Hex {
  const types = addresses.map(() => ({ type: 'address' }));
  return concat([creationCode as Hex, encodeAbiParameters(types, addresses)]);
}
