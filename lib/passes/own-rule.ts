import 'server-only';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { listAllowlists } from './allowlists';
import { listOwnTiers } from './queries';
import type { AccessRule } from './schema';
import type { AllowlistDto } from './tier-schema';

export type OwnRuleDto = {
  modelId: string;
  rule: AccessRule;
  earlyUntil: string | null;
  tiers: { tierId: number; label: string; earlyAccess: boolean }[];
  lists: AllowlistDto[];
};

/** The rule of a model of one's own, and what it can be made of. Throws `not_found`. */
export async function ownRule(db: Database, actor: Actor, slug: string): Promise<OwnRuleDto> {
  const model = await db.prisma.model.findFirst({ where: { slug, creatorId: actor.userId }, select: { id: true } });
  if (!model) throw new AppError('not_found');
  const [row, tiers, lists] = await Promise.all([
    db.prisma.accessRule.findUnique({ where: { modelId: model.id } }),
    listOwnTiers(db, actor),
    listAllowlists(db, actor),
  ]);
  return {
    modelId: model.id,
    rule: (row?.rule ?? { kind: 'public' }) as AccessRule,
    earlyUntil: row?.earlyUntil?.toISOString() ?? null,
    tiers: tiers.map(({ tierId, label, terms }) => ({ tierId, label, earlyAccess: terms.earlyAccess })),
    lists,
  };
}
