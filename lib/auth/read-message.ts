import { createSiweMessage, parseSiweMessage, type SiweMessage } from 'viem/siwe';
import { SIGN_IN_STATEMENT } from './schema';

export const MESSAGE_LIFETIME_MS = 10 * 60_000;
/** A browser's clock may run ahead of ours by this much. */
const CLOCK_SKEW_MS = 60_000;

/** What this server accepts sign-ins for. */
export type SignInTerms = { origin: string; chainId: number; nowMs: number };
export type SignInMessage = SiweMessage & { issuedAt: Date };
export type MessageProblem = 'form' | 'domain' | 'uri' | 'chain' | 'version' | 'statement' | 'time';

/**
 * Parses an ERC-4361 message and checks every field but nonce and signature.
 *
 * The message must be exactly what its parsed fields print as (checksummed address included): a text that a lenient parser reads
 * one way and a wallet shows another way is refused.
 */
export function readSignInMessage(message: string, terms: SignInTerms): { fields: SignInMessage } | { problem: MessageProblem } {
  const parsed = parseSiweMessage(message);
  if (!isComplete(parsed) || !printsAs(parsed, message)) return { problem: 'form' };
  const { host, origin, protocol } = new URL(terms.origin);
  if (parsed.domain !== host || (parsed.scheme !== undefined && `${parsed.scheme}:` !== protocol)) return { problem: 'domain' };
  if (!URL.canParse(parsed.uri) || new URL(parsed.uri).origin !== origin) return { problem: 'uri' };
  if (parsed.chainId !== terms.chainId) return { problem: 'chain' };
  if (parsed.version !== '1') return { problem: 'version' };
  if (parsed.statement !== SIGN_IN_STATEMENT) return { problem: 'statement' };
  if (!isTimely(parsed, terms.nowMs)) return { problem: 'time' };
  return { fields: parsed };
}

function isComplete(fields: Partial<SiweMessage>): fields is SignInMessage {
  return Boolean(fields.address && fields.domain && fields.uri && fields.version && fields.chainId && fields.nonce && fields.issuedAt);
}

function printsAs(fields: SignInMessage, message: string): boolean {
  try {
    return createSiweMessage(fields) === message;
  } catch {
    return false;
  }
}

function isTimely({ issuedAt, expirationTime, notBefore }: SignInMessage, nowMs: number): boolean {
  const ageMs = nowMs - issuedAt.getTime();
  if (!(ageMs >= -CLOCK_SKEW_MS && ageMs <= MESSAGE_LIFETIME_MS)) return false;
  if (expirationTime && !(expirationTime.getTime() > nowMs)) return false;
  return !notBefore || notBefore.getTime() <= nowMs;
}
