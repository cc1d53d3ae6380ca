import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { ownModel } from './own';
import type { AlarmDto, Evidence, ProtectionDto, StepDto } from './schema';

const ALARMS_SHOWN = 30;
const STEPS_SHOWN = 30;

/** What a creator set for a model of theirs, what was seen, and what was done. Throws `not_found` for somebody else's. */
export async function getProtection(db: Database, actor: Actor, slug: string): Promise<ProtectionDto> {
  const { id: modelId } = await ownModel(db, actor, slug);
  const { prisma } = db;
  const [budgets, restraints, canaries, alarms, steps] = await Promise.all([
    prisma.protectionBudget.findMany({ where: { modelId }, orderBy: { subject: 'asc' } }),
    prisma.protectionRestraint.findMany({ where: { modelId }, orderBy: { since: 'desc' }, include: { user: true } }),
    prisma.protectionCanary.findMany({ where: { modelId }, orderBy: { createdAt: 'desc' } }),
    listAlarms(db, modelId),
    listSteps(db, modelId),
  ]);
  return {
    budgets: budgets.map(({ subject, perHour, perDay }) => ({ subject, perHour, perDay })),
    restraints: restraints.map(({ user, kind, minSeconds, since }) => ({ address: user.address, kind, minSeconds, since: since.toISOString() })),
    canaries: canaries.map(({ id, kind, label, createdAt }) => ({ id, kind, label, createdAt: createdAt.toISOString() })),
    alarms,
    steps,
  };
}

async function listAlarms({ prisma }: Database, modelId: string): Promise<AlarmDto[]> {
  const rows = await prisma.protectionAlarm.findMany({ where: { modelId, dismissedAt: null }, orderBy: { lastAt: 'desc' }, take: ALARMS_SHOWN });
  const people = await prisma.user.findMany({ where: { id: { in: rows.flatMap(({ userIds }) => userIds) } }, select: { id: true, address: true } });
  const addressOf = new Map(people.map(({ id, address }) => [id, address]));
  return rows.map(({ id, kind, evidence, userIds, firstAt, lastAt }) => ({
    ...({ kind, evidence } as unknown as Evidence),
    ...{ id, firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() },
    addresses: userIds.flatMap((user) => addressOf.get(user) ?? []),
  }));
}

async function listSteps({ prisma }: Database, modelId: string): Promise<StepDto[]> {
  const rows = await prisma.protectionStep.findMany({
    where: { modelId },
    orderBy: { at: 'desc' },
    take: STEPS_SHOWN,
    include: { user: { select: { address: true } }, refunds: { select: { amount: true } } },
  });
  return rows.map(({ id, kind, user, at, details, refunds }) => ({
    ...{ id, kind, address: user?.address ?? null, at: at.toISOString(), details: details as Record<string, unknown> },
    refundedMillicredits: refunds.reduce((sum, { amount }) => sum + amount, 0n).toString(),
  }));
}
