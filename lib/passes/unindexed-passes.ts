import 'server-only';
import type { Database } from '@/lib/db';
import { type AccessFacts, accessFacts, type KnownPass, type Question } from './access-facts';
import { readPassId } from './pass-id';
import { oncePerBlock } from './per-block';
import { currentPasses, holderOnChain, isIndexCurrent } from './read-holders';
import { receivedLately } from './received-lately';

/**
 * What the index does not have yet, while it lags: the pass that was named, or those that came to the address in its newest blocks. A pass
 * opens what its tier opens at once; its runs wait until the purchase is indexed and deep. Throws `chain_unavailable`.
 */
export async function unindexedPasses(db: Database, facts: AccessFacts, question: Question): Promise<KnownPass[]> {
  const { chainId, address, passId } = question;
  if (passId) return unseenPass(db, facts, { ...question, passId });
  const ids = await receivedLately(db, facts, chainId, address);
  return (await Promise.all(ids.map((id) => namedPass(db, { ...question, passId: id })))).flat();
}

/** One that moved is indexed with another holder; one that was bought just now is not. */
async function namedPass(db: Database, question: Question & { passId: string }): Promise<KnownPass[]> {
  const facts = await accessFacts(db, question);
  if (!facts) return [];
  const passes = await currentPasses(facts);
  return passes.length > 0 ? passes : unseenPass(db, facts, question);
}

async function unseenPass(
  { prisma }: Database,
  facts: AccessFacts,
  { chainId: ours, modelId, passId }: Question & { passId: string },
): Promise<KnownPass[]> {
  const { chainId, collection, tierId } = readPassId(passId);
  if (chainId !== ours) return [];
  const passes = await prisma.passCollection.findUnique({ where: { chainId_address: { chainId, address: collection } } });
  if (passes?.creatorId !== facts.creatorId || (await isIndexCurrent(facts))) return [];
  const tier = { chainId, collection, tierId };
  const [onChain, known, terms] = await Promise.all([
    oncePerBlock(passId, (block) => holderOnChain(passId, block)),
    prisma.passTier.findUnique({ where: { chainId_collection_tierId: tier } }),
    prisma.passTerms.findUnique({ where: { chainId_collection_tierId: tier } }),
  ]);
  // A tier that is not indexed either could be another than the one the terms are for.
  if (!onChain || !known) return [];
  const counts = terms?.label === known.label ? terms : null;
  const pass = {
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
    // A freeze of one that is not indexed is seen by the start.
    isReturning: false,
  };
  return [pass];
}
