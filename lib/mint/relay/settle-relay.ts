import 'server-only';
import type { PoolClient } from 'pg';
import type { Settlement, SettlementHandler } from '@/lib/chain/sender/types';
import { FILL } from '@/lib/chain/sender/types';
import { openAccount } from '@/lib/credits/accounts';
import { captureHold, releaseHold } from '@/lib/credits/capture-hold';
import { spendFloat } from '@/lib/credits/spend-float';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { issueVoucher } from '../issue-voucher';

export const RELAY_PURPOSE = 'relay-mint';

/** Ends a relay with its transaction: paid at the quoted price when the mint is safe, let go of otherwise. The gas is the house's in any case. */
async function settleRelay(tx: PoolClient, settlement: Settlement): Promise<void> {
  const { ref: id, outcome, error } = settlement;
  const { rows } = await tx.query<{ price: string }>(
    `UPDATE relay SET state = $2::relay_state, error = $3, ended_at = now() WHERE id = $1 AND state = 'open' RETURNING price_millicredits AS price`,
    [id, outcome === 'safe' ? 'captured' : 'released', error],
  );
  if (!rows[0]) throw new AppError('internal', { cause: new Error(`relay ${id} has ended before its transaction`) });
  if (outcome === 'safe') {
    const fee = await openAccount(tx, 'relay_fee', 'house');
    const split = { pending: fee, available: fee, amountMillicredits: BigInt(rows[0].price), code: 'relay_fee' } as const;
    await captureHold(tx, { id, splits: [split] }, 'relay');
  } else if (!(await releaseHold(tx, id))) {
    throw new AppError('internal', { cause: new Error(`the hold of relay ${id} is gone`) });
  }
  await spendFloat(tx, settlement);
}

/** A voucher lives for minutes, a queue may be longer: the call is signed anew just before it is sent. */
async function renewCall(db: Database, id: string) {
  const { workId, user, work } = await db.prisma.relay.findUniqueOrThrow({
    where: { id },
    include: { user: true, work: { include: { voucher: true } } },
  });
  const owner = { userId: user.id, address: user.address as `0x${string}` };
  const { collection, data, valueWei } = await issueVoucher(db, owner, { workId, label: work.voucher?.label ?? '' });
  return { to: collection, data, valueWei: BigInt(valueWei) };
}

/** What becomes of the relayer's transactions: mints, and nonces that were used up. */
export const settlementHandlers: SettlementHandler[] = [
  { purpose: RELAY_PURPOSE, onSettled: settleRelay, renewCall },
  { purpose: FILL, onSettled: spendFloat },
];
