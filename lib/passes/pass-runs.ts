import 'server-only';
import { indexedHead } from '@/lib/chain/queries';
import type { Database } from '@/lib/db';
import { grantOf } from './grant-of';
import { getIncludedRuns, type IncludedRuns } from './included-runs';
import { termsInput } from './tier-schema';

export type PassRuns = IncludedRuns & { periodEndsAt: string };

/** What is left of a pass's runs in its period of now: whoever holds it, for its page and for where it is offered. Null for no pass. */
export async function getPassRuns(db: Database, passId: string): Promise<PassRuns | null> {
  const pass = await db.prisma.passToken.findUnique({
    where: { id: passId },
    include: { tier: { include: { passes: { include: { terms: true } } } } },
  });
  if (!pass) return null;
  const { tierId, label } = pass.tier;
  const terms = termsInput.parse(pass.tier.passes.terms.find((one) => one.tierId === tierId && one.label === label) ?? {});
  const indexed = await indexedHead(db, pass.chainId);
  const grant = grantOf({ ...pass, tierLabel: label, ...terms, opens: true, isReturning: false }, indexed?.number ?? 0n, new Date());
  return { ...(await getIncludedRuns(db.pool, grant)), periodEndsAt: grant.periodEndsAt.toISOString() };
}
