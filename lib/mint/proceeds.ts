import 'server-only';
import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { chainId } from '@/lib/chain/client';
import type { CallPlanDto } from '@/lib/chain/schema';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { planCollectionWithdrawal } from '@/lib/proceeds/plan-withdrawal';
import { readProceeds } from '@/lib/proceeds/read-proceeds';
import type { MintProceedsDto, mintWithdrawalInput } from './schema';

/** What mints and royalties earned, for each collection of the creator's published versions, or of those of one model of theirs. Stands while the chain is away. */
export async function getMintProceeds(db: Database, actor: Actor, slug?: string): Promise<MintProceedsDto[]> {
  const homes = await ownCollections(db, actor, await chainId().catch(() => undefined));
  const wanted = homes.filter(({ models }) => slug === undefined || models.some((model) => model.slug === slug));
  return Promise.all(wanted.map(async ({ models, ...home }) => ({ ...(await readProceeds(db, home)), models })));
}

/** The call to the creator's wallet, for one of their collections. Throws `not_found`, and what `planCollectionWithdrawal` does. */
export async function planMintWithdrawal(db: Database, actor: Actor, { collection }: z.output<typeof mintWithdrawalInput>): Promise<CallPlanDto> {
  const home = (await ownCollections(db, actor, await chainId())).find(({ address }) => address === collection);
  if (!home) throw new AppError('not_found');
  return planCollectionWithdrawal(actor, home, 'mints');
}

type Home = { chainId: number; address: string; models: MintProceedsDto['models'] };

/** Versions that were published have their collection on the chain; a draft's may be foreseen only. `chain` left out: of any, for none answers now. */
async function ownCollections({ prisma }: Pick<Database, 'prisma'>, { userId }: Actor, chain: number | undefined): Promise<Home[]> {
  const versions = await prisma.modelVersion.findMany({
    where: { chainId: chain, publishedAt: { not: null }, model: { creatorId: userId } },
    orderBy: { publishedAt: 'asc' },
    select: { chainId: true, collection: true, model: { select: { slug: true, name: true } } },
  });
  const homes = new Map<string, Home>();
  for (const { chainId: on, collection: address, model } of versions) {
    const home = homes.get(`${on} ${address}`) ?? { chainId: on, address, models: [] };
    if (!home.models.some(({ slug }) => slug === model.slug)) home.models.push(model);
    homes.set(`${on} ${address}`, home);
  }
  return [...homes.values()];
}
