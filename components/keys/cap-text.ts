/** What somebody typed as a cap in credits → millicredits as decimal text; null for nothing; undefined where it is no amount. */
export function readCap(text: string): string | null | undefined {
  const typed = text.trim().replaceAll(',', '');
  if (typed === '') return null;
  if (!/^\d{1,9}(\.\d{1,3})?$/.test(typed)) return undefined;
  const [whole = '', fraction = ''] = typed.split('.');
  return BigInt(whole + fraction.padEnd(3, '0')).toString();
}
