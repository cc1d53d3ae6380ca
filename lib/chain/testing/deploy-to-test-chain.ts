import type { Hex } from 'viem';
import { deployContracts } from '../deploy/deploy-contracts';
import { deploymentsDir, testChain } from './env-chain';

/** Deploys the real contracts to the test file's chain; account 9 owns them. Mines by itself meanwhile. */
export async function deployToTestChain(platformSigner: Hex): Promise<void> {
  const walletClient = testChain.wallet(9);
  await testChain.test.setAutomine(true);
  await deployContracts({
    publicClient: testChain.client,
    walletClient,
    platformOwner: walletClient.account.address,
    platformSigner,
    dir: deploymentsDir,
    commit: 'test',
  });
  await testChain.test.setAutomine(false);
}
