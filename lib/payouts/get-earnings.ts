import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { maturesOn } from './mature-earnings';
import type { EarningsDto } from './schema';

type Row = { kind: 'creator_pending' | 'creator_available' | 'paid_out'; sub: string; posted: string };

/** What the actor has earned and where it is: pending, available, on its way out, paid. */
export async function getEarnings({ pool }: Database, actor: Actor, pendingDays = env.EARNINGS_PENDING_DAYS): Promise<EarningsDto> {
  const [accounts, onTheWay] = await Promise.all([
    pool.query<Row>(
      `SELECT a.kind, a.sub, b.posted FROM ledger.account a, ledger.balance(a.id) b
        WHERE a.asset = 1 AND a.kind IN ('creator_pending', 'creator_available', 'paid_out') AND a.owner = $1 AND b.posted <> 0 ORDER BY a.sub`,
      [actor.userId],
    ),
    pool.query<{ sum: string }>(
      `SELECT coalesce(sum(millicredits), 0)::text AS sum FROM payout WHERE creator_id = $1 AND state IN ('requested', 'approved', 'sending')`,
      [actor.userId],
    ),
  ]);
  const sumOf = (kind: Row['kind']) =>
    accounts.rows
      .filter((row) => row.kind === kind)
      .reduce((sum, row) => sum + BigInt(row.posted), 0n)
      .toString();
  return {
    pendingMillicredits: sumOf('creator_pending'),
    availableMillicredits: sumOf('creator_available'),
    onTheWayMillicredits: onTheWay.rows[0]?.sum ?? '0',
    paidMillicredits: sumOf('paid_out'),
    maturing: accounts.rows
      .filter((row) => row.kind === 'creator_pending')
      .map(({ sub, posted }) => ({ day: maturesOn(sub, pendingDays), millicredits: posted })),
  };
}
