import { formatCredits } from '@/lib/money';
import type { Unit } from './schema';

/** A finding's number in words, to its last digit: a difference may be one wei. Words stay as they are. */
export function formatAmount(unit: Unit, value: string): string {
  if (unit === null) return value;
  const amount = BigInt(value);
  if (unit === 'millicredits') return `${formatCredits(amount)} credits`;
  if (unit === 'wei') return `${withDecimals(amount, 18)} ETH`;
  if (unit === 'gwei') return `${withDecimals(amount, 9)} ETH`;
  if (unit === 'usdc') return `${withDecimals(amount, 6)} USDC`;
  if (unit.startsWith('minor ')) return inCurrency(amount, unit.slice('minor '.length));
  return `${amount} ${unit}`;
}

/** Minor units of a currency, which has none, two or three decimals. */
function inCurrency(amount: bigint, currency: string): string {
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency, currencyDisplay: 'code' });
  return format.format(Number(amount) / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** A difference, with its sign. */
export function formatDifference(unit: Unit, value: string): string {
  return unit !== null && BigInt(value) > 0n ? `+${formatAmount(unit, value)}` : formatAmount(unit, value);
}

function withDecimals(amount: bigint, decimals: number): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return `${amount < 0n ? '−' : ''}${digits.slice(0, -decimals)}${fraction && `.${fraction}`}`;
}
