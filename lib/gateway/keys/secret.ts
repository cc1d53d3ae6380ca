import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PREFIX = 'igl_';
/** 256 bits, and 32 of the checksum. */
const RANDOM_DIGITS = 43;
const CHECKSUM_DIGITS = 6;
const FORM = new RegExp(`^${PREFIX}[0-9A-Za-z]{${RANDOM_DIGITS + CHECKSUM_DIGITS}}$`);

function base62(value: bigint, digits: number): string {
  let text = '';
  for (let rest = value; text.length < digits; rest /= 62n) text = DIGITS[Number(rest % 62n)] + text;
  return text;
}
const checksum = (body: string) => base62(BigInt(crc32(body)), CHECKSUM_DIGITS);

/** A new key: a prefix that scanners of leaked secrets can look for, 256 random bits, and a checksum (CRC-32), all of it one word to select. */
export function newSecret(): string {
  const body = PREFIX + base62(BigInt(`0x${randomBytes(32).toString('hex')}`), RANDOM_DIGITS);
  return body + checksum(body);
}

/** Whether a text could be a key: what was mistyped, cut off or made up is refused without asking the database. */
export function isWellFormed(secret: string): boolean {
  return FORM.test(secret) && checksum(secret.slice(0, -CHECKSUM_DIGITS)) === secret.slice(-CHECKSUM_DIGITS);
}

/** What is stored of a key. It has 256 random bits, so that a plain hash cannot be searched. */
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** So much of it is shown later, to tell keys apart. */
export const startOf = (secret: string): string => secret.slice(0, PREFIX.length + 4);
