import 'server-only';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import type { PinDto, PinsDto } from './schema';

const OPEN_SHOWN = 100;

/** How far pinning is: counts, and what is not pinned, what was tried most first. For operators. */
export async function getPins({ prisma }: Database, actor: Actor): Promise<PinsDto> {
  requireOperator(actor);
  const [counts, rows] = await Promise.all([
    prisma.pin.groupBy({ by: ['state'], _count: true }),
    prisma.pin.findMany({ where: { state: { not: 'pinned' } }, orderBy: [{ attempts: 'desc' }, { createdAt: 'asc' }], take: OPEN_SHOWN }),
  ]);
  const countOf = (state: string) => counts.find((row) => row.state === state)?._count ?? 0;
  const open = rows.map(({ cid, kind, state, attempts, error, lookAt }): PinDto => {
    const waits = state === 'waiting';
    return { cid, kind, state: waits ? 'waiting' : 'mismatched', attempts, error, nextAt: waits ? lookAt.toISOString() : null };
  });
  return { on: Boolean(env.IPFS_RPC_URL), pinned: countOf('pinned'), waiting: countOf('waiting'), mismatched: countOf('mismatched'), open };
}
