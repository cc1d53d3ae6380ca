import { type Address, createWalletClient, defineChain, type Hex, http, type PublicClient, parseEther, parseUnits } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { localUsdcAbi } from '@/lib/chain/abi/local-usdc';
import { withoutUrl } from '@/lib/chain/chain-error';
import { AppError } from '@/lib/errors';

/** Filled up to this, and only when below half of it: asking again gives nothing. */
export const FULL_WEI = parseEther('10');
export const FULL_USDC = parseUnits('1000', 6);

/** `usdc`: the local chain's stand-in, which anybody may mint. */
export type Faucet = { key: Hex; rpcUrl: string; chainId: number; client: PublicClient; usdc: Address };
export type Filled = { wei: bigint; usdc: bigint };

const held = globalThis as { intaglioFaucet?: Promise<unknown> };

/** Sends test ETH and test USDC on the local chain and waits until they are there. Returns the balances. Throws `chain_unavailable`. */
export async function fundAccount(faucet: Faucet, address: Address): Promise<Filled> {
  // One after the other: two transactions of one account must not take the same nonce.
  const turn = (held.intaglioFaucet ?? Promise.resolve()).then(() => fill(faucet, address));
  held.intaglioFaucet = turn.catch(() => {});
  try {
    return await turn;
  } catch (cause) {
    throw new AppError('chain_unavailable', { cause: withoutUrl(cause) });
  }
}

async function fill(faucet: Faucet, address: Address): Promise<Filled> {
  const { client } = faucet;
  const has = await balances(faucet, address);
  const wallet = walletOf(faucet);
  const wait = (hash: Hex) => client.waitForTransactionReceipt({ hash, pollingInterval: 200, timeout: 20_000 });
  if (has.wei < FULL_WEI / 2n) await wait(await wallet.sendTransaction({ to: address, value: FULL_WEI - has.wei }));
  if (has.usdc < FULL_USDC / 2n) {
    const mint = { address: faucet.usdc, abi: localUsdcAbi, functionName: 'mint', args: [address, FULL_USDC - has.usdc] } as const;
    await wait(await wallet.writeContract(mint));
  }
  return balances(faucet, address);
}

async function balances({ client, usdc }: Faucet, address: Address): Promise<Filled> {
  const [wei, units] = await Promise.all([
    client.getBalance({ address }),
    client.readContract({ address: usdc, abi: localUsdcAbi, functionName: 'balanceOf', args: [address] }),
  ]);
  return { wei, usdc: units };
}

function walletOf({ key, rpcUrl, chainId }: Faucet) {
  const chain = defineChain({
    id: chainId,
    name: 'Local chain',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  });
  return createWalletClient({ account: privateKeyToAccount(key), chain, transport: http(rpcUrl) });
}
