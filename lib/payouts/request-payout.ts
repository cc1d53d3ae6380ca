import type { PoolClient } from 'pg';
import type { Actor } from '@/lib/actor';
import { openAccount } from '@/lib/credits/accounts';
import { derivedRef } from '@/lib/credits/derived-ref';
import { postTransfer } from '@/lib/credits/post-transfer';
import { type Database, inTransaction } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { MILLICREDITS_PER_CREDIT } from '@/lib/money';
import { uuidInput } from '@/lib/uuid-input';
import { lockClaim } from './find-claim';
import { type PayoutRow, readPayout } from './payout-row';
import type { RequestPayoutInput } from './schema';

/** Where a rail pays this creator to, or an error that says what is missing. */
export type FindDestination = (db: Database, actor: Actor, rail: RequestPayoutInput['rail']) => Promise<string>;

/**
 * Sets available earnings aside for a payout, once for each id; operators decide on it. Throws `insufficient_earnings`,
 * `payout_blocked` (the creator owes credits, or a payment of theirs is disputed), `conflict` (the id is of another request), or what is missing for the rail.
 */
export async function requestPayout(
  db: Database,
  actor: Actor,
  input: RequestPayoutInput,
  findDestination: FindDestination,
): Promise<{ payout: PayoutRow; isNew: boolean }> {
  // The ledger's names of this payout are texts made from its id, and its end makes them from what the row says.
  const id = uuidInput.parse(input.id);
  const destination = await findDestination(db, actor, input.rail);
  const millicredits = BigInt(input.credits) * MILLICREDITS_PER_CREDIT;
  return inTransaction(db.pool, async (tx) => {
    const available = await openAccount(tx, 'creator_available', actor.userId);
    if (await lockClaim(tx, actor.userId, [available])) throw new AppError('payout_blocked');
    const isNew = await setAside(tx, available, id, millicredits);
    if (isNew) await insert(tx, actor, { ...input, id, millicredits, destination });
    // Not locked: others lock the payout first and its accounts after, which would be the other way round here.
    const payout = await readPayout(tx, id);
    if (payout.rail !== input.rail) throw new AppError('conflict');
    return { payout, isNew };
  });
}

/** The creator's account is locked by now, so that what follows sees their other requests. */
async function setAside(tx: PoolClient, debit: bigint, id: string, amountMillicredits: bigint): Promise<boolean> {
  const credit = await openAccount(tx, 'payout_clearing', id);
  // Derived, since the id is the browser's: it must not be able to take the reference of another transfer.
  const status = await postTransfer(tx, { ref: derivedRef('payout', id), debit, credit, amountMillicredits, code: 'payout' });
  if (status === 'insufficient') throw new AppError('insufficient_earnings');
  return status === 'ok';
}

type NewPayout = RequestPayoutInput & { millicredits: bigint; destination: string };

async function insert(tx: PoolClient, actor: Actor, { id, millicredits, rail, destination }: NewPayout): Promise<void> {
  // What was asked for within a day counts together, so that many small payouts need the same second look as a large one.
  const { rows } = await tx.query<{ sum: string }>(
    `SELECT coalesce(sum(millicredits), 0)::text AS sum FROM payout
      WHERE creator_id = $1 AND requested_at > now() - interval '1 day' AND state NOT IN ('failed', 'cancelled')`,
    [actor.userId],
  );
  const needsSecond = BigInt(rows[0]?.sum ?? 0) + millicredits > BigInt(env.PAYOUT_SECOND_APPROVAL_MILLICREDITS);
  await tx.query('INSERT INTO payout (id, creator_id, millicredits, rail, destination, approvals_needed) VALUES ($1, $2, $3, $4, $5, $6)', [
    id,
    actor.userId,
    millicredits,
    rail,
    destination,
    needsSecond ? 2 : 1,
  ]);
}
