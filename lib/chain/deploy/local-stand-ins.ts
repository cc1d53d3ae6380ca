import type { Hex, PublicClient, WalletClient } from 'viem';
import { tillAbi } from '../abi/till';
import { localEthUsdFeedCreationCode, localUsdcCreationCode } from './creation-code.generated';
import { readDeployment, writeDeployment } from './deployment';
import { deployDeterministic } from './deterministic';

type Input = { publicClient: PublicClient /** Of the till's owner. */; walletClient: WalletClient; dir: string };

/**
 * Gives a local chain what public ones have from others: a USDC that the till takes, and a price feed for ETH. Both say by their names that
 * they are stand-ins, and the record keeps them apart from our contracts. Safe to repeat; what stands is left alone.
 */
export async function installStandIns(input: Input): Promise<Record<'usdc' | 'ethUsdFeed', Hex>> {
  const { publicClient, dir } = input;
  const deployment = readDeployment(dir, await publicClient.getChainId());
  const till = deployment?.contracts.findLast(({ kind }) => kind === 'till');
  if (!deployment || !till) throw new Error(`${dir} records no till for this chain: deploy the contracts first`);
  const usdc = await deployDeterministic(input, localUsdcCreationCode as Hex);
  const ethUsdFeed = await deployDeterministic(input, localEthUsdFeedCreationCode as Hex);
  await listToken(input, till.address, usdc);
  const standIns = { usdc, ethUsdFeed };
  writeDeployment(dir, { ...deployment, standIns });
  return standIns;
}

async function listToken({ publicClient, walletClient }: Input, till: Hex, token: Hex): Promise<void> {
  if (await publicClient.readContract({ address: till, abi: tillAbi, functionName: 'isListed', args: [token] })) return;
  const { account } = walletClient;
  if (!account) throw new Error('the wallet client has no account to list the token from');
  const hash = await walletClient.writeContract({
    account,
    chain: null,
    address: till,
    abi: tillAbi,
    functionName: 'listToken',
    args: [token, true],
  });
  const { status } = await publicClient.waitForTransactionReceipt({ hash });
  if (status !== 'success') throw new Error(`the till's owner has to list tokens: transaction ${hash} reverted`);
}
