import { encodeFunctionData } from 'viem';
import { tillAbi } from '@/lib/chain/abi/till';
import type { DepositQuoteDto } from '@/lib/payments/schema';
import type { WalletCall } from '../wallet-link';

/** Payment of a quote at the till: the memo says whose it is. */
export function depositCall({ chainId, till, memo, amountWei }: DepositQuoteDto): WalletCall {
  return { chainId, to: till, data: encodeFunctionData({ abi: tillAbi, functionName: 'deposit', args: [memo] }), valueWei: amountWei };
}
