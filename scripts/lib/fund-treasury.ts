import { type Hex, type PublicClient, parseEther, parseUnits, type WalletClient } from 'viem';
import { localUsdcAbi } from '@/lib/chain/abi/local-usdc';

type Input = { publicClient: PublicClient; walletClient: WalletClient; treasury: Hex; usdc: Hex };

const ETHER = parseEther('100');
const USDC = parseUnits('100000', 6);

/** Gives the treasury of a local chain what creators can be paid from. Money that is worth nothing; what it has already counts. */
export async function fundTreasury({ publicClient, walletClient, treasury, usdc }: Input): Promise<void> {
  const { account } = walletClient;
  if (!account) throw new Error('the wallet client has no account to fund the treasury from');
  const token = { address: usdc, abi: localUsdcAbi } as const;
  const [wei, units] = await Promise.all([
    publicClient.getBalance({ address: treasury }),
    publicClient.readContract({ ...token, functionName: 'balanceOf', args: [treasury] }),
  ]);
  const sent: Hex[] = [];
  if (wei < ETHER / 2n) sent.push(await walletClient.sendTransaction({ account, chain: null, to: treasury, value: ETHER - wei }));
  if (units < USDC / 2n)
    sent.push(await walletClient.writeContract({ account, chain: null, ...token, functionName: 'mint', args: [treasury, USDC - units] }));
  for (const hash of sent) await publicClient.waitForTransactionReceipt({ hash });
}
