import 'server-only';
import { indexedHead } from '@/lib/chain/queries';
import type { Database } from '@/lib/db';
import type { PassToken } from '@/prisma/client/client';
import { wasUsed } from './included-runs';
import type { HeldPassDto } from './page-schema';
import { runsOf } from './pass-runs';
import { passDto } from './queries';

const SHOWN = 60;

export const withCreator = { passes: { include: { terms: true, creator: { select: { id: true, address: true } } } } } as const;
type Row = PassToken & { tier: Parameters<typeof passDto>[0]['tier'] & { passes: { creator: { id: string; address: string } } } };

/** The public page of a pass: its token's `external_url`. */
export const passPath = (creator: string, tokenId: bigint) => `/passes/${creator}/${tokenId}`;

/** The passes an address holds by the index with what is left of them, those that last longest first; the first sixty. */
export async function listHeldPasses(db: Database, address: string): Promise<HeldPassDto[]> {
  const rows = await db.prisma.passToken.findMany({
    where: { holder: address.toLowerCase() },
    include: { tier: { include: withCreator } },
    orderBy: [{ expiresAt: { sort: 'desc', nulls: 'first' } }, { id: 'asc' }],
    take: SHOWN,
  });
  return heldPasses(db, rows);
}

/** Passes that were read, with all that is shown of them. */
export async function heldPasses(db: Database, rows: Row[]): Promise<HeldPassDto[]> {
  const creators = [...new Set(rows.map(({ tier }) => tier.passes.creator.id))];
  const models = await db.prisma.model.findMany({
    where: { creatorId: { in: creators }, status: { in: ['published', 'paused'] } },
    select: { id: true, slug: true, name: true, creatorId: true },
    orderBy: { createdAt: 'asc' },
  });
  const heads = new Map<number, bigint>();
  for (const { chainId } of rows) if (!heads.has(chainId)) heads.set(chainId, (await indexedHead(db, chainId))?.number ?? 0n);
  return Promise.all(
    rows.map(async (row) => {
      const [pass, { creator }] = [passDto(row), row.tier.passes];
      const opened = models.filter(
        ({ id, creatorId }) => creatorId === creator.id && (pass.tier.terms.models.length === 0 || pass.tier.terms.models.includes(id)),
      );
      const isReturnable = pass.refundableUntil !== null && new Date(pass.refundableUntil) > new Date();
      return {
        pass,
        runs: await runsOf(db, row, heads.get(row.chainId) ?? 0n),
        path: passPath(creator.address, row.tokenId),
        models: opened.map(({ slug, name }) => ({ slug, name })),
        wasUsed: isReturnable && (await wasUsed(db.pool, row.id)),
      };
    }),
  );
}
