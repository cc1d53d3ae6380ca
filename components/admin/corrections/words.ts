import { credits, ether, shortHex } from '@/components/format';
import { accountNames, type CorrectedAccountDto, type CorrectionDto, type CorrectionUnit, type DebtCause } from '@/lib/corrections/schema';

const WEI_PER_GWEI = 10n ** 9n;

/** '12.5 credits', '0.004 ETH'. */
export const amountOf = (amount: string, unit: CorrectionUnit): string =>
  unit === 'gwei' ? ether((BigInt(amount) * WEI_PER_GWEI).toString()) : credits(amount);

/** 'Collector: what they owe, 0x12…cd'. */
export function accountName({ kind, owner, sub }: CorrectedAccountDto): string {
  const name = kind in accountNames ? accountNames[kind as keyof typeof accountNames] : kind;
  return [name, owner === 'house' ? null : shortHex(owner), sub ? shortHex(sub, 8) : null].filter(Boolean).join(', ');
}

export const kindWords: Record<CorrectionDto['kind'], string> = { correction: 'Correction', write_off: 'Write-off' };

export const causeWords: Record<DebtCause, string> = {
  card: 'A card payment was refunded or lost in a dispute after its credits were spent.',
  chain: 'The chain undid a payment after its credits were spent.',
  correction: 'A correction asked for it.',
};
