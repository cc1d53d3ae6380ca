import 'server-only';
import type { PoolClient } from 'pg';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import { openAccount } from '@/lib/credits/accounts';
import { owedBy } from '@/lib/credits/credit-collector';
import { derivedRef } from '@/lib/credits/derived-ref';
import { type Database, inTransaction } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { findCorrection, insertProposal, refuseOwner } from './correction-row';
import { postProposal, settle } from './post-proposal';
import type { CorrectionState, WriteOffInput } from './schema';

type Outcome = { state: CorrectionState; debtors: string[] };

/**
 * An operator has the house bear what a collector owes, all of it, once for each id: `posted` at once, or `proposed` where what they write
 * off within a day is so much that another operator has to approve it. Throws `wrong_state` when nothing is owed, or its write-off waits already.
 */
export async function writeOffDebt(db: Pick<Database, 'pool'>, actor: Actor, input: WriteOffInput): Promise<{ state: CorrectionState }> {
  requireOperator(actor);
  const { state, debtors } = await inTransaction(db.pool, async (tx): Promise<Outcome> => {
    // One at a time for each operator, so that the sum of a day includes what they write off at the same moment.
    await tx.query('SELECT FROM "user" WHERE id = $1 FOR NO KEY UPDATE', [actor.userId]);
    const credit = await debtOf(tx, input.userId);
    await refuseOwner(tx, actor, [credit]);
    const known = await findCorrection(tx, input.id);
    if (known) return { state: replayed(known, { ...input, credit, proposedBy: actor.userId }), debtors: [] };
    return write(tx, actor, input, credit);
  });
  await settle(db, debtors);
  return { state };
}

async function debtOf(tx: PoolClient, userId: string): Promise<bigint> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM ledger.account WHERE asset = 1 AND kind = 'collector_debt' AND owner = $1 AND sub = ''`,
    [userId],
  );
  if (!rows[0]) throw new AppError('not_found');
  return BigInt(rows[0].id);
}

type Known = NonNullable<Awaited<ReturnType<typeof findCorrection>>>;

function replayed(known: Known, { credit, reason, proposedBy }: Pick<Known, 'credit' | 'reason' | 'proposedBy'>): CorrectionState {
  const isSame = known.kind === 'write_off' && known.credit === credit && known.reason === reason && known.proposedBy === proposedBy;
  if (!isSame) throw new AppError('conflict');
  return known.state;
}

async function write(tx: PoolClient, actor: Actor, { id, userId, reason }: WriteOffInput, credit: bigint): Promise<Outcome> {
  // An account for each collector, so that what comes back of it on appeal is known to be the house's (lib/payments/card/give-back.ts).
  const debit = await openAccount(tx, 'write_off', 'house', { sub: userId });
  await tx.query('SELECT ledger.lock_accounts($1)', [[credit]]);
  const amount = await owedBy(tx, credit);
  if (amount === 0n) throw new AppError('wrong_state');
  const approvalsNeeded = (await writtenOffToday(tx, actor)) + amount > BigInt(env.PAYOUT_SECOND_APPROVAL_MILLICREDITS) ? 2 : 1;
  const row = await insertProposal(tx, {
    ...{ id, kind: 'write_off', ref: derivedRef('correction', id), debit, credit, amount },
    ...{ reason, publicReason: null, findingId: null, approvalsNeeded, proposedBy: actor.userId },
  });
  if (approvalsNeeded === 2) return { state: 'proposed', debtors: [] };
  return { state: 'posted', debtors: await postProposal(tx, row, actor) };
}

async function writtenOffToday(tx: PoolClient, { userId }: Actor): Promise<bigint> {
  const { rows } = await tx.query<{ sum: string }>(
    `SELECT coalesce(sum(amount), 0) AS sum FROM correction
      WHERE proposed_by = $1 AND proposed_at > now() - interval '1 day' AND kind = 'write_off' AND state <> 'refused'`,
    [userId],
  );
  return BigInt(rows[0]?.sum ?? 0);
}
