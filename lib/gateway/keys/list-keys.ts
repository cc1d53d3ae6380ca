import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import type { ApiKeyDto, Scope } from '../schema';

const text = (amount: bigint | null) => amount?.toString() ?? null;

/** A person’s keys, newest first: those that work, and those that were revoked. */
export async function listKeys({ prisma }: Pick<Database, 'prisma'>, { userId }: Actor, now = new Date()): Promise<ApiKeyDto[]> {
  const rows = await prisma.apiKey.findMany({
    where: { userId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 200,
    include: { spend: true, returns: { select: { amount: true, day: true } } },
  });
  const models = await prisma.model.findMany({
    where: { id: { in: rows.flatMap((row) => row.modelIds) } },
    select: { id: true, slug: true, name: true },
  });
  const today = now.toISOString().slice(0, 10);
  return rows.map((row) => {
    const { spend, returns } = row;
    // What came back since the last start is not in the counter yet, and a counter of another day counts nothing of this one.
    const sumFrom = (day: string, counted = 0n) => {
      const isOld = spend && spend.day.toISOString().slice(0, 10) < day;
      const back = returns.filter((one) => one.day.toISOString().slice(0, 10) >= day).reduce((sum, one) => sum + one.amount, 0n);
      return (isOld ? 0n : counted - back).toString();
    };
    return {
      id: row.id,
      name: row.name,
      start: row.start,
      state: row.revokedAt ? 'revoked' : row.expiresAt && row.expiresAt <= now ? 'expired' : 'works',
      scopes: row.scopes as Scope[],
      models: models.flatMap(({ id, ...model }) => (row.modelIds.includes(id) ? [model] : [])),
      passId: row.passId,
      caps: { total: text(row.capTotal), month: text(row.capMonth), day: text(row.capDay) },
      spent: { total: sumFrom('', spend?.total), month: sumFrom(`${today.slice(0, 8)}01`, spend?.inMonth), day: sumFrom(today, spend?.inDay) },
      expiresAt: row.expiresAt?.toISOString() ?? null,
      revokedAt: row.revokedAt?.toISOString() ?? null,
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
    };
  });
}
