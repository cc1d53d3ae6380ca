import type { Actor, SessionActor } from '@/lib/actor';
import type { Database } from '@/lib/db';

/** Who a running session belongs to; null when it ended, expired or never was. */
export async function findActor(db: Database, sessionId: string, nowMs = Date.now()): Promise<SessionActor | null> {
  const session = await db.prisma.session.findFirst({
    where: { id: sessionId, endedAt: null, expiresAt: { gt: new Date(nowMs) } },
    select: { user: { select: { id: true, address: true } } },
  });
  return session && { userId: session.user.id, address: session.user.address as Actor['address'], sessionId };
}
