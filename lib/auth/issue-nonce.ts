import { randomInt } from 'node:crypto';
import type { Database } from '@/lib/db';

export const NONCE_LIFETIME_MS = 5 * 60_000;
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 24 characters of 62 are 142 bits; ERC-4361 asks for 8 alphanumeric characters at least. */
const LENGTH = 24;

/** A nonce for one sign-in attempt within five minutes. Also clears away those that expired. */
export async function issueNonce(db: Database, nowMs = Date.now()): Promise<string> {
  const nonce = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  await db.prisma.siweNonce.deleteMany({ where: { expiresAt: { lt: new Date(nowMs) } } });
  await db.prisma.siweNonce.create({ data: { nonce, expiresAt: new Date(nowMs + NONCE_LIFETIME_MS) } });
  return nonce;
}

/** Spends a nonce: true for exactly one caller, and only before it expires. */
export async function spendNonce(db: Database, nonce: string, nowMs = Date.now()): Promise<boolean> {
  const { count } = await db.prisma.siweNonce.deleteMany({ where: { nonce, expiresAt: { gt: new Date(nowMs) } } });
  return count === 1;
}
