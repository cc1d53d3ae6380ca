import { type Address, createWalletClient, defineChain, type Hex, http, type PublicClient, parseEther } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { AppError } from '@/lib/errors';

/** Filled up to this, and only when below half of it: asking again gives nothing. */
export const FULL_WEI = parseEther('10');

export type Faucet = { key: Hex; rpcUrl: string; chainId: number; client: PublicClient };

const held = globalThis as { intaglioFaucet?: Promise<unknown> };

/** Sends test ETH on the local chain and waits until it is there. Returns the balance in wei. Throws `chain_unavailable`. */
export async function fundAccount(faucet: Faucet, address: Address): Promise<bigint> {
  // One after the other: two transactions of one account must not take the same nonce.
  const turn = (held.intaglioFaucet ?? Promise.resolve()).then(() => fill(faucet, address));
  held.intaglioFaucet = turn.catch(() => {});
  try {
    return await turn;
  } catch (cause) {
    throw new AppError('chain_unavailable', { cause });
  }
}

async function fill({ key, rpcUrl, chainId, client }: Faucet, address: Address): Promise<bigint> {
  const balance = await client.getBalance({ address });
  if (balance >= FULL_WEI / 2n) return balance;
  const chain = defineChain({
    id: chainId,
    name: 'Local chain',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  });
  const wallet = createWalletClient({ account: privateKeyToAccount(key), chain, transport: http(rpcUrl) });
  const hash = await wallet.sendTransaction({ to: address, value: FULL_WEI - balance });
  await client.waitForTransactionReceipt({ hash, pollingInterval: 200, timeout: 20_000 });
  return client.getBalance({ address });
}
