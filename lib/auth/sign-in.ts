import type { PublicClient } from 'viem';
import type { Actor, SessionActor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { spendNonce } from './issue-nonce';
import { type MessageProblem, readSignInMessage } from './read-message';
import type { SignInInput } from './schema';
import { isSignedBy } from './verify-signature';

export const SESSION_LIFETIME_MS = 7 * 24 * 3600_000;

export type SignInContext = {
  client: PublicClient;
  /** Where this server lives: the only origin, and the only chain, it takes sign-ins for. */
  origin: string;
  chainId: number;
  userAgent?: string | null;
  /** The session that the visitor had: it ends when the new one begins. */
  replaces?: string | null;
  nowMs?: number;
};
export type SignInProblem = MessageProblem | 'nonce' | 'signature';

/**
 * Signed message → a new session. The nonce is spent by the first attempt that names it, before the signature is looked at, so that
 * each message counts once whatever becomes of it. Throws `sign_in_refused` (details.problem says which check) or `chain_unavailable`.
 */
export async function signIn(db: Database, input: SignInInput, context: SignInContext): Promise<SessionActor> {
  const nowMs = context.nowMs ?? Date.now();
  const read = readSignInMessage(input.message, { origin: context.origin, chainId: context.chainId, nowMs });
  if ('problem' in read) throw refused(read.problem);
  const { address, nonce } = read.fields;
  if (!(await spendNonce(db, nonce, nowMs))) throw refused('nonce');
  if (!(await isSignedBy(context.client, address, input.message, input.signature))) throw refused('signature');
  return openSession(db, address.toLowerCase() as Actor['address'], context, nowMs);
}

async function openSession(db: Database, address: Actor['address'], context: SignInContext, nowMs: number): Promise<SessionActor> {
  const user = await db.prisma.user.upsert({ where: { address }, update: {}, create: { id: newId(nowMs), address }, select: { id: true } });
  const session = {
    id: newId(nowMs),
    userId: user.id,
    chainId: context.chainId,
    userAgent: context.userAgent?.slice(0, 300) ?? null,
    createdAt: new Date(nowMs),
    expiresAt: new Date(nowMs + SESSION_LIFETIME_MS),
  };
  await db.prisma.$transaction([
    ...(context.replaces
      ? [db.prisma.session.updateMany({ where: { id: context.replaces, endedAt: null }, data: { endedAt: new Date(nowMs) } })]
      : []),
    db.prisma.session.create({ data: session }),
  ]);
  return { userId: user.id, address, sessionId: session.id };
}

const refused = (problem: SignInProblem) => new AppError('sign_in_refused', { details: { problem } });
