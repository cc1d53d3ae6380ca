import 'server-only';
import type { Actor } from '@/lib/actor';
import { chainId } from '@/lib/chain/client';
import { indexedHead } from '@/lib/chain/queries';
import type { Database } from '@/lib/db';
import type { ModelPassesDto, UsablePassDto } from './page-schema';
import { runsOf } from './pass-runs';
import { getAccess, listTiers, passDto, withPasses } from './queries';
import { listPurchases } from './relay/queries';

const OPEN_TO_ALL: ModelPassesDto = { access: { isPublic: true, ways: [], earlyUntil: null }, tiers: [], own: [], purchases: [] };

/** What a model's page says of passes, for whoever looks at it. While the chain is away there are none to buy, and the page stands. */
export async function getModelPasses(db: Database, slug: string, actor: Actor | null): Promise<ModelPassesDto> {
  const model = await db.prisma.model.findUnique({ where: { slug }, select: { id: true, creatorId: true } });
  if (!model) return OPEN_TO_ALL;
  const isThere = await chainId().then(
    () => true,
    () => false,
  );
  const [access, tiers, own, purchases] = await Promise.all([
    getAccess(db, model.id),
    isThere ? listTiers(db, model.id) : [],
    actor && isThere ? usablePasses(db, actor, model) : [],
    actor && isThere ? listPurchases(db, actor, { chainId: await chainId(), creatorId: model.creatorId }) : [],
  ]);
  return { access, tiers, own, purchases };
}

async function usablePasses(db: Database, { address }: Actor, model: { id: string; creatorId: string }): Promise<UsablePassDto[]> {
  const chain = await chainId();
  const rows = await db.prisma.passToken.findMany({
    where: {
      chainId: chain,
      holder: address.toLowerCase(),
      tier: { passes: { creatorId: model.creatorId } },
      OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }],
    },
    include: { tier: { include: withPasses } },
    take: 20,
  });
  if (rows.length === 0) return [];
  const head = (await indexedHead(db, chain))?.number ?? 0n;
  const opening = rows.map((row) => ({ row, pass: passDto(row) })).filter(({ pass }) => opens(pass.tier.terms.models, model.id));
  const usable = opening.map(async ({ row, pass }) => ({
    ...{ id: pass.passId, tierLabel: pass.tier.label, number: pass.number },
    runs: await runsOf(db, row, head),
  }));
  return (await Promise.all(usable)).sort((a, b) => b.runs.left - a.runs.left || b.runs.total - a.runs.total);
}

const opens = (models: string[], modelId: string) => models.length === 0 || models.includes(modelId);
