import 'server-only';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import { ASSET } from '@/lib/credits/accounts';
import { derivedRef } from '@/lib/credits/derived-ref';
import { type Database, inTransaction } from '@/lib/db';
import { insertProposal, refuseOwner } from './correction-row';
import { type FoundAccount, findAccount, invalid } from './find-account';
import type { CorrectionState, ProposeCorrectionInput } from './schema';

/** An operator proposes a transfer by hand, once for each id. Nothing moves before another one approves it. */
export async function proposeCorrection(
  db: Pick<Database, 'pool'>,
  actor: Actor,
  { id, reason, publicReason, findingId, ...input }: ProposeCorrectionInput,
): Promise<{ state: CorrectionState }> {
  requireOperator(actor);
  // Derived, since the id is the browser's: it must not be able to take the reference of another transfer.
  const ref = derivedRef('correction', id);
  return inTransaction(db.pool, async (tx) => {
    const [debit, credit] = [await findAccount(tx, input.debit, ref), await findAccount(tx, input.credit, ref)];
    checkPair(debit, credit);
    // A pass has no statement that anybody reads.
    if ((debit.purse || credit.purse) && debit.asset !== ASSET.runs && !publicReason)
      throw invalid('Say what the collector reads: the line is on their statement.');
    await refuseOwner(tx, actor, [debit.id, credit.id]);
    const { state } = await insertProposal(tx, {
      ...{ id, kind: 'correction', ref, debit: debit.id, credit: credit.id, amount: BigInt(input.amount) },
      ...{ reason, publicReason: publicReason || null, findingId: findingId ?? null, approvalsNeeded: 2, proposedBy: actor.userId },
    });
    return { state };
  });
}

/** What the ledger would refuse at the end is told at the beginning. */
function checkPair(debit: FoundAccount, credit: FoundAccount): void {
  if (debit.id === credit.id) throw invalid('A transfer is between two accounts.');
  if (debit.asset !== credit.asset) throw invalid('These do not count the same: credits, ETH, or runs of passes.');
  if (debit.purse !== null && debit.purse === credit.purse) throw invalid('Both are credits of the same person: their balance would not change.');
}
