import 'server-only';
import type { Database } from '@/lib/db';
import type { AccessFacts, KnownPass } from './access-facts';
import { readPassId } from './pass-id';
import { holderOnChain, isIndexCurrent } from './read-holders';

type Wanted = { chainId: number; modelId: string; passId: string };

/**
 * A pass that was named and that the index does not have: while it lags, the chain is asked. It opens what its tier opens; its runs wait
 * until the purchase is indexed and deep. Null where there is none, or it is of another creator.
 */
export async function unseenPass({ prisma }: Database, facts: AccessFacts, { chainId: ours, modelId, passId }: Wanted): Promise<KnownPass | null> {
  const { chainId, collection, tierId } = readPassId(passId);
  if (chainId !== ours) return null;
  const passes = await prisma.passCollection.findUnique({ where: { chainId_address: { chainId, address: collection } } });
  if (passes?.creatorId !== facts.creatorId || (await isIndexCurrent(facts))) return null;
  const tier = { chainId, collection, tierId };
  const [onChain, known, terms] = await Promise.all([
    holderOnChain(passId),
    prisma.passTier.findUnique({ where: { chainId_collection_tierId: tier } }),
    prisma.passTerms.findUnique({ where: { chainId_collection_tierId: tier } }),
  ]);
  // A tier that is not indexed either could be another than the one the terms are for.
  if (!onChain || !known) return null;
  const counts = terms?.label === known.label ? terms : null;
  return {
    id: passId,
    tierId,
    tierLabel: known.label,
    ...onChain,
    boughtAt: new Date(),
    blockNumber: null,
    includedRuns: counts?.includedRuns ?? 0,
    periodSeconds: counts?.periodSeconds ?? 2_592_000,
    ratePerMinute: counts?.ratePerMinute ?? null,
    earlyAccess: counts?.earlyAccess ?? false,
    opens: !counts || counts.models.length === 0 || counts.models.includes(modelId),
  };
}
