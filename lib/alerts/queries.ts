import 'server-only';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import type { Database } from '@/lib/db';
import type { AlertDto } from './schema';

const ALERTS_SHOWN = 100;

/** What waits for an operator, newest first, then what was acknowledged lately. */
export async function listAlerts(db: Database, actor: Actor): Promise<AlertDto[]> {
  requireOperator(actor);
  const rows = await db.prisma.operatorAlert.findMany({
    orderBy: [{ acknowledgedAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'desc' }],
    take: ALERTS_SHOWN,
  });
  return rows.map(({ id, kind, text, details, createdAt, acknowledgedAt }) => ({
    id,
    kind,
    text,
    details: details as AlertDto['details'],
    at: createdAt.toISOString(),
    acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
  }));
}
