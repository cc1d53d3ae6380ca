import type { PoolClient } from 'pg';
import type { Actor } from '@/lib/actor';
import { debtFreeze, owedBy } from '@/lib/credits/credit-collector';
import { freezeSpending } from '@/lib/credits/freeze-spending';
import { postTransfer } from '@/lib/credits/post-transfer';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { settleDebts } from '@/lib/payments/card/settle-debts';
import type { CorrectionRow } from './correction-row';

/**
 * Posts a proposal that enough people stand behind and marks it, both or neither; where it is about a debt, spending is free or frozen by
 * what is owed then. Throws `no_cover`. Returns whose debts it touched, for `settle`.
 */
export async function postProposal(tx: PoolClient, { id, kind, ref, debit, credit, amount }: CorrectionRow, actor: Actor): Promise<string[]> {
  const status = await postTransfer(tx, { ref, debit, credit, amountMillicredits: amount, code: kind });
  if (status === 'insufficient') throw new AppError('no_cover');
  await tx.query(`UPDATE correction SET state = 'posted', decided_by = $2, decided_at = now() WHERE id = $1`, [id, actor.userId]);
  const { rows } = await tx.query<{ id: string; owner: string }>(
    `SELECT id, owner FROM ledger.account WHERE id = ANY ($1) AND asset = 1 AND kind = 'collector_debt'`,
    [[debit, credit]],
  );
  for (const { id: debt, owner } of rows) {
    await freezeSpending(tx, { userId: owner, ref: debtFreeze(owner), on: (await owedBy(tx, BigInt(debt))) > 0n });
  }
  return rows.map(({ owner }) => owner);
}

/**
 * Where nothing is owed any more, creators get what lost disputes had taken aside. A transaction of its own, which locks purchases before
 * accounts as every other does; should we die before it, `settleAllDebts` does the same.
 */
export async function settle(db: Pick<Database, 'pool'>, debtors: string[]): Promise<void> {
  for (const userId of debtors) await settleDebts(db, userId);
}
