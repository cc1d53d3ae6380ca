import type { DepositQuoteDto } from '@/lib/payments/schema';
import type { TokenPayment, WalletCall } from './wallet-link';

/** First four bytes of keccak-256 of 'deposit(bytes32)'. Written out so that the page needs no ABI encoder for one call. */
const DEPOSIT_SELECTOR = '0xb214faa5';

/** Payment of a quote at the till: the memo says whose it is. */
export function depositCall({ chainId, till, memo, amount, token }: DepositQuoteDto): WalletCall | TokenPayment {
  if (token) return { chainId, to: till, token, amount, memo };
  return { chainId, to: till, data: `${DEPOSIT_SELECTOR}${memo.slice(2)}`, valueWei: amount };
}
