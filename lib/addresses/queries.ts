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
  const [groups, rows] = await Promise.all([
    prisma.pin.groupBy({ by: ['state'], _count: true }),
    prisma.pin.findMany({
      where: { state: { notIn: ['pinned', 'unpinned'] } },
      orderBy: [{ attempts: 'desc' }, { createdAt: 'asc' }],
      take: OPEN_SHOWN,
    }),
  ]);
  const countOf = (state: string) => groups.find((row) => row.state === state)?._count ?? 0;
  const open = rows.map(({ cid, kind, state, attempts, error, lookAt }): PinDto => {
    const step = state === 'waiting' || state === 'unpinning' ? state : 'mismatched';
    return { cid, kind, state: step, attempts, error, nextAt: step === 'mismatched' ? null : lookAt.toISOString() };
  });
  const counts = { pinned: countOf('pinned'), waiting: countOf('waiting') + countOf('unpinning'), mismatched: countOf('mismatched') };
  return { on: Boolean(env.IPFS_RPC_URL), ...counts, unpinned: countOf('unpinned'), open };
}
