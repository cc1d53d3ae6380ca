import { ether } from '@/components/format';
import { Badge } from '@/components/ui/badge';
import type { PayoutDto, PayoutState, Rail } from '@/lib/payouts/schema';

const states: Record<PayoutState, { text: string; tone: 'plain' | 'copper' | 'good' | 'bad' }> = {
  requested: { text: 'Waits for approval', tone: 'copper' },
  approved: { text: 'Approved', tone: 'copper' },
  sending: { text: 'Being sent', tone: 'copper' },
  sent: { text: 'Sent', tone: 'good' },
  failed: { text: 'Failed, credits given back', tone: 'bad' },
  cancelled: { text: 'Cancelled, credits given back', tone: 'plain' },
};

export const PayoutBadge = ({ state }: { state: PayoutState }) => <Badge tone={states[state].tone}>{states[state].text}</Badge>;

/** How a payout leaves, for people. */
export const railNames: Record<Rail, string> = { connect: 'Bank, through Stripe', eth: 'ETH', usdc: 'USDC' };

/** What left, in the unit of its rail; null before that is fixed. */
export function amountOut({ rail, amountOut: amount }: Pick<PayoutDto, 'rail' | 'amountOut'>): string | null {
  if (amount === null) return null;
  if (rail === 'eth') return ether(amount);
  const decimals = rail === 'usdc' ? 6 : 2;
  const padded = amount.padStart(decimals + 1, '0');
  const fraction = padded.slice(-decimals).slice(0, 2);
  return `${rail === 'usdc' ? '' : 'US$'}${padded.slice(0, -decimals)}.${fraction}${rail === 'usdc' ? ' USDC' : ''}`;
}
