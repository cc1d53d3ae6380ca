/** 1 credit = US$0.01 = 1,000 millicredits. Money is a bigint of millicredits everywhere; only the screen shows credits. */
export const MILLICREDITS_PER_CREDIT = 1000n;

/** Millicredits → "1,234.5": credits with no trailing zeros. */
export function formatCredits(millicredits: bigint): string {
  const sign = millicredits < 0n ? '−' : '';
  const abs = millicredits < 0n ? -millicredits : millicredits;
  const whole = (abs / MILLICREDITS_PER_CREDIT).toString().replace(/\B(?=(\d{3})+$)/g, ',');
  const fraction = (abs % MILLICREDITS_PER_CREDIT).toString().padStart(3, '0').replace(/0+$/, '');
  return `${sign}${whole}${fraction && `.${fraction}`}`;
}

/** Millicredits → "-1234.5": for files that programs read. */
export function decimalCredits(millicredits: bigint): string {
  return formatCredits(millicredits).replaceAll(',', '').replace('−', '-');
}

/** A share in basis points of an amount, rounded down; the remainder stays with whoever gets the rest. */
export function shareOf(amountMillicredits: bigint, basisPoints: number): bigint {
  if (!Number.isInteger(basisPoints) || basisPoints < 0 || basisPoints > 10_000) throw new RangeError(`basis points: ${basisPoints}`);
  return (amountMillicredits * BigInt(basisPoints)) / 10_000n;
}

/** The smaller of two amounts (Math.min takes no bigint). */
export const smaller = (a: bigint, b: bigint): bigint => [a, b].reduce((least, x) => (x < least ? x : least));
