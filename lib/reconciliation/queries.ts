import 'server-only';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import type { Database } from '@/lib/db';
import type { ReconciliationFinding, ReconciliationRun } from '@/prisma/client/client';
import type { CheckName, CheckOutcome, FindingDto, RunDto, Unit } from './schema';

const RUNS_SHOWN = 20;
const FINDINGS_SHOWN = 500;
const RESOLVED_SHOWN = 30;

/** The latest runs, newest first. */
export async function listRuns(db: Database, actor: Actor, take = RUNS_SHOWN): Promise<RunDto[]> {
  requireOperator(actor);
  const rows = await db.prisma.reconciliationRun.findMany({ orderBy: { createdAt: 'desc' }, take });
  return rows.map(toRun);
}

/** One run, for whoever started it from the command line. */
export async function getRun({ prisma }: Database, id: string): Promise<RunDto> {
  return toRun(await prisma.reconciliationRun.findUniqueOrThrow({ where: { id } }));
}

/** What differs now, what alarms first. */
export async function listStandingFindings(db: Database, actor: Actor): Promise<FindingDto[]> {
  requireOperator(actor);
  return standingFindings(db);
}

export async function standingFindings({ prisma }: Database): Promise<FindingDto[]> {
  const rows = await prisma.reconciliationFinding.findMany({
    where: { resolvedAt: null },
    orderBy: [{ severity: 'asc' }, { firstSeenAt: 'asc' }],
    take: FINDINGS_SHOWN,
  });
  return rows.map(toFinding);
}

/** What differed and does not any more, latest first. What was only in flight is left out. */
export async function listResolvedFindings(db: Database, actor: Actor): Promise<FindingDto[]> {
  requireOperator(actor);
  const rows = await db.prisma.reconciliationFinding.findMany({
    where: { resolvedAt: { not: null }, severity: { not: 'in_flight' } },
    orderBy: { resolvedAt: 'desc' },
    take: RESOLVED_SHOWN,
  });
  return rows.map(toFinding);
}

/** One of them; null where there is none. */
export async function findFinding(db: Database, actor: Actor, id: string): Promise<FindingDto | null> {
  requireOperator(actor);
  const row = await db.prisma.reconciliationFinding.findUnique({ where: { id } });
  return row && toFinding(row);
}

const toRun = ({ id, trigger, state, createdAt, endedAt, currentCheck, outcomes, error }: ReconciliationRun): RunDto => ({
  id,
  trigger,
  state,
  createdAt: createdAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
  current: currentCheck as CheckName | null,
  outcomes: outcomes as CheckOutcome[],
  error,
});

const toFinding = ({ check, unit, firstSeenAt, lastSeenAt, resolvedAt, ...row }: ReconciliationFinding): FindingDto => ({
  id: row.id,
  check: check as CheckName,
  subject: row.subject,
  severity: row.severity,
  unit: unit as Unit,
  expected: row.expected,
  actual: row.actual,
  difference: row.difference,
  explanation: row.explanation,
  href: row.href,
  firstSeenAt: firstSeenAt.toISOString(),
  lastSeenAt: lastSeenAt.toISOString(),
  resolvedAt: resolvedAt?.toISOString() ?? null,
});
