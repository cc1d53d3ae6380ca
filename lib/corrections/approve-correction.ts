import 'server-only';
import type { PoolClient } from 'pg';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import { owedBy } from '@/lib/credits/credit-collector';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { type CorrectionRow, lockProposal, refuseOwner } from './correction-row';
import { postProposal, settle } from './post-proposal';

/**
 * The second operator's yes: it is posted. Throws `own_proposal`, `own_account`, `wrong_state` when it does not wait any more, `no_cover`
 * when an account has too little, or `debt_changed` when another amount is owed than was to be written off.
 */
export async function approveCorrection(db: Pick<Database, 'pool'>, actor: Actor, { id }: { id: string }): Promise<void> {
  requireOperator(actor);
  const debtors = await inTransaction(db.pool, async (tx) => {
    const proposal = await lockProposal(tx, id);
    if (proposal.proposedBy === actor.userId) throw new AppError('own_proposal');
    await refuseOwner(tx, actor, [proposal.debit, proposal.credit]);
    if (proposal.kind === 'write_off') await checkDebt(tx, proposal);
    return postProposal(tx, proposal, actor);
  });
  await settle(db, debtors);
}

/** Two people agreed on an amount: it is that one or none. */
async function checkDebt(tx: PoolClient, { credit, amount }: CorrectionRow): Promise<void> {
  await tx.query('SELECT ledger.lock_accounts($1)', [[credit]]);
  if ((await owedBy(tx, credit)) !== amount) throw new AppError('debt_changed');
}
