import type { Hex } from 'viem';
import { deployContracts } from '../deploy/deploy-contracts';
import { installStandIns } from '../deploy/local-stand-ins';
import { deploymentsDir, testChain } from './env-chain';

/** Deploys the real contracts, and the stand-ins for those of others, to the test file's chain; another signer or owner (a funded account) makes others. Mines by itself meanwhile. */
export async function deployToTestChain(platformSigner: Hex, owner = 9): Promise<void> {
  const walletClient = testChain.wallet(owner);
  await testChain.test.setAutomine(true);
  await deployContracts({
    publicClient: testChain.client,
    walletClient,
    platformOwner: walletClient.account.address,
    platformSigner,
    dir: deploymentsDir,
    commit: 'test',
  });
  await installStandIns({ publicClient: testChain.client, walletClient, dir: deploymentsDir });
  await testChain.test.setAutomine(false);
}
