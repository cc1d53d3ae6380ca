import 'server-only';
import { indexedHead } from '@/lib/chain/queries';
import type { Database } from '@/lib/db';
import type { PassToken } from '@/prisma/client/client';
import { grantOf } from './grant-of';
import { getIncludedRuns, type IncludedRuns } from './included-runs';
import { type TierRow, tierDto, withPasses } from './queries';

export type PassRuns = IncludedRuns & { periodEndsAt: string };

type Row = PassToken & { tier: TierRow };

/** What is left of a pass's runs in its period of now: whoever holds it, for its page and for where it is offered. Null for no pass. */
export async function getPassRuns(db: Database, passId: string): Promise<PassRuns | null> {
  const pass = await db.prisma.passToken.findUnique({ where: { id: passId }, include: { tier: { include: withPasses } } });
  return pass && runsOf(db, pass, (await indexedHead(db, pass.chainId))?.number ?? 0n);
}

/** The same of a pass that was read, with the index at `head`. */
export async function runsOf(db: Database, pass: Row, head: bigint): Promise<PassRuns> {
  const { label, terms } = tierDto(pass.tier);
  const grant = grantOf({ ...pass, tierLabel: label, ...terms, opens: true, isReturning: false }, head, new Date());
  return { ...(await getIncludedRuns(db.pool, grant)), periodEndsAt: grant.periodEndsAt.toISOString() };
}
