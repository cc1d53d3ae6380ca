import 'server-only';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import type { Database } from '@/lib/db';
import type { Payout } from '@/prisma/client/client';
import { findClaims } from './find-claim';
import type { OpenPayoutDto, PayoutDto } from './schema';

const SHOWN = 50;

/** The actor's payouts, newest first. */
export async function listPayouts(db: Database, actor: Actor): Promise<PayoutDto[]> {
  const rows = await db.prisma.payout.findMany({ where: { creatorId: actor.userId }, orderBy: { requestedAt: 'desc' }, take: SHOWN });
  return rows.map(toDto);
}

/** What waits for a decision or is on its way, oldest first. For operators. */
export async function listOpenPayouts(db: Database, actor: Actor): Promise<OpenPayoutDto[]> {
  requireOperator(actor);
  const rows = await db.prisma.payout.findMany({
    where: { state: { in: ['requested', 'approved', 'sending'] } },
    orderBy: { requestedAt: 'asc' },
    take: SHOWN,
    include: { approvals: { orderBy: { at: 'asc' } } },
  });
  const addresses = await addressesOf(
    db,
    rows.flatMap((row) => [row.creatorId, ...row.approvals.map((a) => a.operatorId)]),
  );
  const claims = await findClaims(
    db.pool,
    rows.map((row) => row.creatorId),
  );
  return rows.map((row) => ({
    ...toDto(row),
    claim: claims.get(row.creatorId) ?? null,
    creator: addresses.get(row.creatorId) ?? row.creatorId,
    approvals: row.approvals.map(({ operatorId, at }) => ({ operator: addresses.get(operatorId) ?? operatorId, at: at.toISOString() })),
    approvalsNeeded: row.approvalsNeeded,
    decidable:
      row.state === 'requested' &&
      !claims.has(row.creatorId) &&
      row.creatorId !== actor.userId &&
      row.approvals.every((a) => a.operatorId !== actor.userId),
    rejectable: row.state !== 'sending' && row.creatorId !== actor.userId,
  }));
}

/** What ended lately, newest first. For operators. */
export async function listEndedPayouts(db: Database, actor: Actor): Promise<(PayoutDto & { creator: string })[]> {
  requireOperator(actor);
  const rows = await db.prisma.payout.findMany({ where: { endedAt: { not: null } }, orderBy: { endedAt: 'desc' }, take: SHOWN });
  const addresses = await addressesOf(
    db,
    rows.map((row) => row.creatorId),
  );
  return rows.map((row) => ({ ...toDto(row), creator: addresses.get(row.creatorId) ?? row.creatorId }));
}

async function addressesOf({ prisma }: Database, ids: string[]): Promise<Map<string, string>> {
  const users = await prisma.user.findMany({ where: { id: { in: ids } }, select: { id: true, address: true } });
  return new Map(users.map(({ id, address }) => [id, address]));
}

function toDto(row: Payout): PayoutDto {
  return {
    id: row.id,
    millicredits: row.millicredits.toString(),
    rail: row.rail,
    destination: row.destination,
    state: row.state,
    amountOut: row.amountOut?.toFixed() ?? null,
    txHash: row.txHash,
    error: row.error,
    requestedAt: row.requestedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
