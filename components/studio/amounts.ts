/** A decimal a person typed → whole units of `decimals` places as text: '0.5', 3 → '500'. Null where it is none, or has more places. Empty is 0. */
export function toUnits(text: string, decimals: number): string | null {
  const found = /^(\d{0,12})(?:[.,](\d*))?$/.exec(text.trim());
  if (!found) return null;
  const [, whole = '', fraction = ''] = found;
  if (fraction.length > decimals) return null;
  return BigInt(`${whole || '0'}${fraction.padEnd(decimals, '0')}`).toString();
}

/** The other way: '500', 3 → '0.5'. */
export function fromUnits(units: string, decimals: number): string {
  const padded = units.padStart(decimals + 1, '0');
  const fraction = padded.slice(-decimals).replace(/0+$/, '');
  return `${padded.slice(0, -decimals)}${fraction && `.${fraction}`}`;
}

/** Places of a credit, and of an ether. */
export const CREDIT_PLACES = 3;
export const ETHER_PLACES = 18;
