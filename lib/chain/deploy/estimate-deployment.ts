import type { PublicClient } from 'viem';
import { CREATE2_DEPLOYER, deploymentData, hasCode, requireDeployer } from './deterministic';
import type { PlannedContract } from './plan-deployment';

/** Gas of the transaction that deploys a contract; 0 where it stands, null where only what has to be deployed before can tell. */
export type Estimate = { contract: PlannedContract; gas: bigint | null };

/** What a deployment would cost. Sends nothing. Throws where the chain lacks the CREATE2 deployer, or where a constructor fails. */
export async function estimateDeployment(publicClient: PublicClient, plan: PlannedContract[]): Promise<Estimate[]> {
  await requireDeployer(publicClient);
  const estimates: Estimate[] = [];
  for (const contract of plan) estimates.push({ contract, gas: await gasOf(publicClient, contract, estimates) });
  return estimates;
}

async function gasOf(publicClient: PublicClient, contract: PlannedContract, earlier: Estimate[]): Promise<bigint | null> {
  if (await hasCode(publicClient, contract.address)) return 0n;
  try {
    return await publicClient.estimateGas({ to: CREATE2_DEPLOYER, data: deploymentData(contract.initCode) });
  } catch (error) {
    // Its constructor may call a contract that this deployment brings.
    if (earlier.some(({ gas }) => gas !== 0n)) return null;
    throw error;
  }
}
