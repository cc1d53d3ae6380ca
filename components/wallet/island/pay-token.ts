import { encodeFunctionData, erc20Abi, type Hex } from 'viem';
import type { Config, Connector } from 'wagmi';
import { readContract, waitForTransactionReceipt } from 'wagmi/actions';
import { usdc } from '@/components/format';
import { tillAbi } from '@/lib/chain/abi/till';
import type { TokenPayment } from '../wallet-link';
import { WalletProblem } from '../wallet-problem';
import { explain } from './explain';
import { readyConnector } from './ready-connector';
import { tryAndSend } from './send-call';
import { type Permit, signPermit } from './sign-permit';

/**
 * Pays the till in a token as `from`: a permit is signed and one transaction pays. Where no permit can be had, an approval is sent first and
 * waited for. Returns the paying transaction's hash. Throws WalletProblem.
 */
export async function payToken(config: Config, from: Hex, payment: TokenPayment): Promise<Hex> {
  try {
    const connector = await readyConnector(config, from, payment.chainId);
    await requireBalance(config, from, payment);
    const permit = (await isAllowed(config, from, payment)) ? null : await signPermit(config, connector, from, payment);
    if (!permit && !(await isAllowed(config, from, payment))) await approve(config, connector, from, payment);
    return await tryAndSend(config, connector, from, { chainId: payment.chainId, to: payment.to, data: depositData(payment, permit), valueWei: '0' });
  } catch (error) {
    throw explain(error);
  }
}

async function requireBalance(config: Config, from: Hex, { token, amount }: TokenPayment): Promise<void> {
  const balance = await readContract(config, { address: token, abi: erc20Abi, functionName: 'balanceOf', args: [from] });
  if (balance < BigInt(amount)) throw new WalletProblem(`Your wallet holds ${usdc(String(balance))}, and ${usdc(amount)} are asked for.`);
}

async function isAllowed(config: Config, from: Hex, { token, to, amount }: TokenPayment): Promise<boolean> {
  return (await readContract(config, { address: token, abi: erc20Abi, functionName: 'allowance', args: [from, to] })) >= BigInt(amount);
}

/** For just this amount: an allowance without end would outlive the purchase. */
async function approve(config: Config, connector: Connector, from: Hex, { chainId, token, to, amount }: TokenPayment): Promise<void> {
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [to, BigInt(amount)] });
  const hash = await tryAndSend(config, connector, from, { chainId, to: token, data, valueWei: '0' });
  const { status } = await waitForTransactionReceipt(config, { hash });
  if (status !== 'success') throw new WalletProblem('The approval was turned down by the chain. Nothing was paid.');
}

function depositData({ token, amount, memo }: TokenPayment, permit: Permit | null): Hex {
  const args = [token, BigInt(amount), memo] as const;
  if (!permit) return encodeFunctionData({ abi: tillAbi, functionName: 'depositToken', args });
  return encodeFunctionData({
    abi: tillAbi,
    functionName: 'depositTokenWithPermit',
    args: [...args, permit.deadline, permit.v, permit.r, permit.s],
  });
}
