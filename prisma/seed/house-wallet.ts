import { createPublicClient, createWalletClient, type Hex, http, parseEther } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { foundry } from 'viem/chains';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { deriveSecret } from '@/lib/keys/derive';

/** A wallet of the house on the local chain, topped up from the faucet: its key follows from the wrapping key, so a second start has the same. */
export async function houseWallet(role: 'creator' | 'collector') {
  if (!env.EMBEDDED_CHAIN || !env.EMBEDDED_FAUCET_KEY)
    throw new AppError('misconfigured', { message: 'The house models are seeded on the local chain only.' });
  const transport = http(env.RPC_URL);
  const publicClient = createPublicClient({ chain: foundry, transport, pollingInterval: 100 });
  const account = privateKeyToAccount(`0x${deriveSecret(`house ${role}`).toString('hex')}`);
  const walletClient = createWalletClient({ account, chain: foundry, transport });
  if ((await publicClient.getBalance({ address: account.address })) < parseEther('1')) {
    const faucet = createWalletClient({ account: privateKeyToAccount(env.EMBEDDED_FAUCET_KEY as Hex), chain: foundry, transport });
    await publicClient.waitForTransactionReceipt({ hash: await faucet.sendTransaction({ to: account.address, value: parseEther('10') }) });
  }
  /** Sends a call and waits until it is in a block; throws where it reverted. */
  const send = async (to: Hex, data: Hex, value = 0n): Promise<Hex> => {
    const hash = await walletClient.sendTransaction({ to, data, value });
    const { status } = await publicClient.waitForTransactionReceipt({ hash });
    if (status !== 'success') throw new Error(`transaction ${hash} reverted`);
    return hash;
  };
  return { address: account.address.toLowerCase() as Hex, publicClient, send };
}
