import 'server-only';
import { zeroAddress } from 'viem';
import type { Actor } from '@/lib/actor';
import { chainId } from '@/lib/chain/client';
import { otherChains } from '@/lib/chain/other-chains';
import type { Database } from '@/lib/db';
import type { PassTerms, PassTier, PassToken } from '@/prisma/client/client';
import { describeRule } from './describe-rule';
import type { AccessRule } from './schema';
import { type AccessDto, type PassDto, type TierDto, termsInput } from './tier-schema';

type Prisma = Pick<Database, 'prisma'>;
export const withPasses = { passes: { include: { terms: true } } } as const;
export type TierRow = PassTier & { passes: { terms: PassTerms[] } };

/** The tiers that open a model, as they are indexed, cheapest first. */
export async function listTiers({ prisma }: Prisma, modelId: string): Promise<TierDto[]> {
  const model = await prisma.model.findUnique({ where: { id: modelId }, select: { creatorId: true } });
  if (!model) return [];
  const tiers = await tiersOf({ prisma }, model.creatorId, await chainId());
  return tiers.filter(({ terms }) => terms.models.length === 0 || terms.models.includes(modelId));
}

/** All tiers of one's own; of any chain while none answers, so that the page stands. */
export const listOwnTiers = async (db: Prisma, { userId }: Actor): Promise<TierDto[]> => tiersOf(db, userId, await chainId().catch(() => undefined));

async function tiersOf({ prisma }: Prisma, creatorId: string, chain: number | undefined): Promise<TierDto[]> {
  const rows = await prisma.passTier.findMany({
    where: { passes: { creatorId, chainId: chain } },
    include: withPasses,
    orderBy: [{ priceWei: 'asc' }, { tierId: 'asc' }],
  });
  return rows.map(tierDto);
}

/** A pass as it is indexed. Null for none. */
export async function getPass({ prisma }: Prisma, passId: string): Promise<PassDto | null> {
  const row = await prisma.passToken.findUnique({ where: { id: passId }, include: { tier: { include: withPasses } } });
  return row && passDto(row);
}

/** The passes an address holds by the index, those that last longest first. */
export async function listPassesOf({ prisma }: Prisma, address: string): Promise<PassDto[]> {
  const rows = await prisma.passToken.findMany({
    where: { holder: address.toLowerCase() },
    include: { tier: { include: withPasses } },
    orderBy: [{ expiresAt: { sort: 'desc', nulls: 'first' } }, { id: 'asc' }],
    take: 200,
  });
  return rows.map(passDto);
}

/** Who may run a model, in words. */
export async function getAccess({ prisma }: Prisma, modelId: string): Promise<AccessDto> {
  const row = await prisma.accessRule.findUnique({ where: { modelId }, include: { model: { select: { creatorId: true } } } });
  const rule = (row?.rule ?? { kind: 'public' }) as AccessRule;
  const early = row?.earlyUntil && row.earlyUntil > new Date() ? row.earlyUntil.toISOString() : null;
  if (!row || rule.kind === 'public') return { isPublic: true, ways: [], earlyUntil: early };
  const tiers = await prisma.passTier.findMany({ where: { passes: { creatorId: row.model.creatorId } }, select: { tierId: true, label: true } });
  const names = new Map(otherChains().map(({ chainId: id, name }) => [id, name]));
  return { isPublic: false, ways: describeRule(rule, new Map(tiers.map(({ tierId, label }) => [tierId, label])), { names }), earlyUntil: early };
}

export function tierDto(row: TierRow): TierDto {
  const { chainId: chain, collection, tierId, label, refundWindowSeconds, cap, sold, transferable, open, imageCid } = row;
  const terms = row.passes.terms.find((one) => one.tierId === tierId && one.label === label);
  return {
    ...{ chainId: chain, collection, tierId, label, refundWindowSeconds, cap, sold, transferable, open, imageCid },
    priceWei: row.priceWei.toFixed(0),
    durationSeconds: Number(row.durationSeconds),
    left: Math.max(0, cap - sold),
    terms: termsInput.parse(terms ?? {}),
  };
}

export function passDto({ tier, ...row }: PassToken & { tier: TierRow }): PassDto {
  const window = tier.refundWindowSeconds;
  return {
    passId: row.id,
    tier: tierDto(tier),
    number: Number(row.tokenId % 100_000_000n),
    holder: row.holder,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    boughtAt: row.boughtAt.toISOString(),
    refundableUntil: window === 0 ? null : new Date(row.boughtAt.getTime() + window * 1000).toISOString(),
    isRefunded: row.holder === zeroAddress,
  };
}
