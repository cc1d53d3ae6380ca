import 'server-only';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import { chainId } from '@/lib/chain/client';
import { confirmationsAt, finalityAt } from '@/lib/chain/finality';
import { indexedHead } from '@/lib/chain/queries';
import { usdcOf } from '@/lib/chain/usdc';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import type { Deposit } from '@/prisma/client/client';
import type { DepositDto, UnclaimedPage } from './schema';

const DEPOSITS_SHOWN = 50;

/** The actor's till payments, newest first. */
export async function listDeposits(db: Database, actor: Actor): Promise<DepositDto[]> {
  const rows = await db.prisma.deposit.findMany({ where: { userId: actor.userId }, orderBy: { at: 'desc' }, take: DEPOSITS_SHOWN });
  return toDtos(db, rows);
}

/** The payment of one of the actor's quotes; null while the chain has none, or when the quote is somebody else's. */
export async function getDeposit(db: Database, actor: Actor, memo: string): Promise<DepositDto | null> {
  const rows = await db.prisma.deposit.findMany({ where: { memo, userId: actor.userId }, orderBy: { at: 'desc' } });
  // A payment that moved to another block in a reorg has two rows; the one that stands is meant.
  const [deposit] = await toDtos(
    db,
    rows
      .filter((row) => row.state !== 'reversed')
      .concat(rows)
      .slice(0, 1),
  );
  return deposit ?? null;
}

/**
 * A page of the payments that no rule gave to anybody, and what becomes of them: what waits first, by its worth (what only a person can
 * price before all), so that dust from strangers hides nothing. What is worth nothing is not shown. For operators.
 */
export async function listUnclaimed(db: Database, actor: Actor, { cursor }: { cursor?: string } = {}): Promise<UnclaimedPage> {
  requireOperator(actor);
  const page = Math.max(0, Number.parseInt(cursor ?? '', 10) || 0);
  const rows = await db.prisma.deposit.findMany({
    where: { state: { in: ['unclaimed', 'refunding', 'refunded'] }, OR: [{ millicredits: null }, { millicredits: { gt: 0 } }] },
    orderBy: [{ state: 'asc' }, { millicredits: { sort: 'desc', nulls: 'first' } }, { at: 'desc' }, { txHash: 'asc' }, { ordinal: 'asc' }],
    skip: page * DEPOSITS_SHOWN,
    take: DEPOSITS_SHOWN + 1,
  });
  const shown = rows.slice(0, DEPOSITS_SHOWN);
  const dtos = await toDtos(db, shown);
  const deposits = shown.flatMap(({ chainId: id, blockHash, txHash, ordinal, payer }, i) => {
    const dto = dtos[i];
    return dto ? [{ ...dto, key: { chainId: id, blockHash, txHash, ordinal }, payer }] : [];
  });
  return { deposits, nextCursor: rows.length > DEPOSITS_SHOWN ? String(page + 1) : null };
}

/** What credits are sold for. ETH alone, too, while the chain does not answer: a page is shown all the same. */
export async function tillAssets(): Promise<('eth' | 'usdc')[]> {
  try {
    return usdcOf(await chainId()) ? ['eth', 'usdc'] : ['eth'];
  } catch {
    return ['eth'];
  }
}

async function toDtos(db: Database, rows: Deposit[]): Promise<DepositDto[]> {
  const chains = [...new Set(rows.map((row) => row.chainId))];
  const heads = new Map(await Promise.all(chains.map(async (id) => [id, (await indexedHead(db, id))?.number ?? 0n] as const)));
  return rows.map((row) => toDto(row, heads.get(row.chainId) ?? 0n));
}

function toDto(row: Deposit, headNumber: bigint): DepositDto {
  const confirmations = row.state === 'reversed' ? 0 : confirmationsAt(headNumber, row.blockNumber);
  return {
    memo: row.memo,
    txHash: row.txHash,
    state: row.state,
    asset: row.asset,
    token: row.token,
    amount: row.amount.toFixed(),
    millicredits: row.millicredits?.toString() ?? null,
    unclaimedBecause: row.unclaimedBecause as DepositDto['unclaimedBecause'],
    finality: finalityAt(confirmations, env.CONFIRMATIONS),
    confirmations,
    confirmationsNeeded: env.CONFIRMATIONS,
    at: row.at.toISOString(),
  };
}
