import { credits, plural, shortHex } from '@/components/format';
import { accountNames } from '@/lib/corrections/account-names';
import type { CorrectedAccountDto, CorrectionDto, CorrectionUnit, DebtCause } from '@/lib/corrections/schema';

/** '12.5 credits', '2,000,000 gwei': every digit, for two people agree on it. */
export const amountOf = (amount: string, unit: CorrectionUnit): string =>
  unit === 'runs' ? plural('run', Number(amount)) : unit === 'gwei' ? `${BigInt(amount).toLocaleString('en-GB')} gwei` : credits(amount);

/** 'Collector: what they owe, 0x12…cd'. */
export function accountName({ kind, owner, sub }: CorrectedAccountDto): string {
  const name = kind in accountNames ? accountNames[kind as keyof typeof accountNames] : kind;
  return [name, owner === 'house' ? null : kind === 'pass_runs' ? owner : shortHex(owner), sub ? shortHex(sub, 8) : null].filter(Boolean).join(', ');
}

export const kindWords: Record<CorrectionDto['kind'], string> = { correction: 'Correction', write_off: 'Write-off' };

export const causeWords: Record<DebtCause, string> = {
  card: 'A card payment was refunded or lost in a dispute after its credits were spent.',
  chain: 'The chain undid a payment after its credits were spent.',
  correction: 'A correction asked for it.',
};
