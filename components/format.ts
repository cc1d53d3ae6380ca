import { formatCredits } from '@/lib/money';

/** '0x1234567890ab…' → '0x123456…890ab1', with `keep` characters at each end after the 0x. */
export function shortHex(value: string, keep = 4): string {
  const head = value.startsWith('0x') ? keep + 2 : keep;
  return value.length <= head + keep + 1 ? value : `${value.slice(0, head)}…${value.slice(-keep)}`;
}

/** Millicredits as decimal text → '1,234.5 credits'. */
export function credits(millicredits: string | bigint): string {
  const amount = BigInt(millicredits);
  return `${formatCredits(amount)} ${amount === 1000n ? 'credit' : 'credits'}`;
}

/** Wei as decimal text → '0.004 ETH', at most six decimals shown, never rounded to nothing. */
export function ether(wei: string): string {
  const amount = BigInt(wei);
  const fraction = (amount % 10n ** 18n).toString().padStart(18, '0').replace(/0+$/, '');
  const whole = (amount / 10n ** 18n).toString();
  if (whole === '0' && fraction && /^0{6}/.test(fraction)) return 'under 0.000001 ETH';
  const shown = fraction.slice(0, 6).replace(/0+$/, '');
  return `${whole}${shown && `.${shown}`} ETH`;
}

/** Base units of USDC as decimal text → '5 USDC', every digit shown. */
export function usdc(units: string): string {
  const amount = BigInt(units);
  const fraction = (amount % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '');
  return `${(amount / 1_000_000n).toString()}${fraction && `.${fraction}`} USDC`;
}

/** Minor units of a currency → '€19.00', '¥780'. */
export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency: currency.toUpperCase() });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const momentFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/** ISO time → '23 Nov 2026'. UTC, so that server and browser write the same. */
export const day = (iso: string) => dayFormat.format(new Date(iso));

/** ISO time → '23 Nov 2026, 14:05 UTC'. */
export const moment = (iso: string) => `${momentFormat.format(new Date(iso))} UTC`;

/** Milliseconds → '840 ms', '1.4 s', '12 s', '3 min 5 s'. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Bytes → '1.4 MB'. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** 'work', 1 → '1 work'; 'work', 3 → '3 works'. */
export function plural(noun: string, count: number): string {
  return `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`;
}
