import type { DepositDto } from '@/lib/payments/schema';
import { ether, shortHex, usdc } from '../format';

/** '0.002 ETH', '5 USDC', '17 units of token 0x1234…abcd'. */
export function paidAmount({ asset, token, amount }: Pick<DepositDto, 'asset' | 'token' | 'amount'>): string {
  if (asset === 'eth') return ether(amount);
  return asset === 'usdc' ? usdc(amount) : `${amount} units of token ${shortHex(token ?? '')}`;
}

const sure = { seen: 'Seen', safe: 'Safe', final: 'Final' };

/** 'Safe, 3 of 4 confirmations'. */
export function sureness({ finality, confirmations, confirmationsNeeded }: Pick<DepositDto, 'finality' | 'confirmations' | 'confirmationsNeeded'>) {
  return `${sure[finality]}, ${Math.min(confirmations, confirmationsNeeded)} of ${confirmationsNeeded} confirmations`;
}

/** Why nothing was given for a payment, and what happens to it. */
export const unclaimedWords: Record<NonNullable<DepositDto['unclaimedBecause']>, string> = {
  unknown_payer: 'It arrived, and waits until somebody signs in with the address that paid; it is credited to them then.',
  unknown_token: 'It arrived in a token that credits are not sold for. An operator sends it back to the address that paid.',
  too_large: 'It is large enough that a person looks at it first. An operator credits it or sends it back.',
};
