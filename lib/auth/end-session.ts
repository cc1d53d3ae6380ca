import type { Database } from '@/lib/db';

/** Ends a session at once: its cookie, wherever a copy of it is, opens nothing from now on. Safe to repeat. */
export async function endSession(db: Database, sessionId: string): Promise<void> {
  await db.prisma.session.updateMany({ where: { id: sessionId, endedAt: null }, data: { endedAt: new Date() } });
}
