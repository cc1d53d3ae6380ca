import { type Hex, type PublicClient, parseEther, parseUnits, type WalletClient } from 'viem';
import { localUsdcAbi } from '@/lib/chain/abi/local-usdc';

// Money of a local chain, which is worth nothing. What a key has already counts.
type Clients = { publicClient: PublicClient; walletClient: WalletClient };

const TREASURY_ETHER = parseEther('100');
const TREASURY_USDC = parseUnits('100000', 6);
const RELAYER_ETHER = parseEther('10');

/** Gives the treasury what creators can be paid from. */
export async function fundTreasury({ treasury, usdc, ...clients }: Clients & { treasury: Hex; usdc: Hex }): Promise<void> {
  const { publicClient, walletClient } = clients;
  const token = { address: usdc, abi: localUsdcAbi } as const;
  await topUp(clients, treasury, TREASURY_ETHER);
  const units = await publicClient.readContract({ ...token, functionName: 'balanceOf', args: [treasury] });
  if (units >= TREASURY_USDC / 2n) return;
  const account = accountOf(walletClient);
  const hash = await walletClient.writeContract({ account, chain: null, ...token, functionName: 'mint', args: [treasury, TREASURY_USDC - units] });
  await publicClient.waitForTransactionReceipt({ hash });
}

/** Gives the relayer what it mints with for collectors who pay in credits. */
export const fundRelayer = ({ relayer, ...clients }: Clients & { relayer: Hex }): Promise<void> => topUp(clients, relayer, RELAYER_ETHER);

async function topUp({ publicClient, walletClient }: Clients, to: Hex, ether: bigint): Promise<void> {
  const wei = await publicClient.getBalance({ address: to });
  if (wei >= ether / 2n) return;
  const hash = await walletClient.sendTransaction({ account: accountOf(walletClient), chain: null, to, value: ether - wei });
  await publicClient.waitForTransactionReceipt({ hash });
}

function accountOf({ account }: WalletClient): NonNullable<WalletClient['account']> {
  if (!account) throw new Error('the wallet client has no account to fund keys from');
  return account;
}
