/** First and last byte, both included. */
export type ByteRange = { first: number; last: number };

/**
 * What a Range header asks of so many bytes (RFC 9110, 14.2): one range, `unsatisfiable`, or null for the whole. Several ranges at once, and what is
 * no range of bytes, are answered with the whole, as the RFC allows.
 */
export function byteRange(header: string | null, bytes: number): ByteRange | 'unsatisfiable' | null {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (!asked || (!asked[1] && !asked[2])) return null;
  const [from, to] = [asked[1], asked[2]];
  if (!from) {
    const count = Math.min(Number(to), bytes);
    return count > 0 ? { first: bytes - count, last: bytes - 1 } : 'unsatisfiable';
  }
  const first = Number(from);
  if (to && Number(to) < first) return null;
  return first < bytes ? { first, last: Math.min(to ? Number(to) : bytes - 1, bytes - 1) } : 'unsatisfiable';
}
