import type { PoolClient } from 'pg';
import { smaller } from '@/lib/money';
import { type Bucket, balanceOf, openAccount } from './accounts';
import { derivedRef } from './derived-ref';
import { freezeSpending } from './freeze-spending';
import { mustPost, type TransferCode } from './post-transfer';

export type Credit = {
  ref: string;
  /** Names the lot, which may be there already. Left out: `ref`, so that it is one of its own. */
  lot?: string;
  userId: string;
  bucket: Bucket;
  /** Where the credits come from. */
  debit: bigint;
  amountMillicredits: bigint;
  code: TransferCode;
  expiresAt?: Date;
  /** What the statement names. Left out: `ref`. */
  about?: string;
};

/**
 * Gives a collector credits in a lot, once for each ref. What they owe is repaid first (leg 1), and spending that was frozen
 * for the debt is free again when nothing is owed. Bonus credits repay nothing: they are not money.
 */
export async function creditCollector(tx: PoolClient, credit: Credit): Promise<{ repaidMillicredits: bigint }> {
  const { ref, userId, bucket, debit, amountMillicredits, code, expiresAt, about, lot: sub = ref } = credit;
  const debt = await openAccount(tx, 'collector_debt', userId);
  const repaid = bucket === 'bonus' ? 0n : await repay(tx, { ref, debit, debt, amountMillicredits });
  if (amountMillicredits > repaid) {
    const lot = await openAccount(tx, `collector_${bucket}`, userId, { sub, expiresAt });
    await mustPost(tx, { ref, debit, credit: lot, amountMillicredits: amountMillicredits - repaid, code, about });
  }
  if (repaid > 0n && (await owedBy(tx, debt)) === 0n) await freezeSpending(tx, { userId, ref: debtFreeze(userId), on: false });
  return { repaidMillicredits: repaid };
}

async function repay(tx: PoolClient, due: { ref: string; debit: bigint; debt: bigint; amountMillicredits: bigint }): Promise<bigint> {
  const { ref, debit, debt, amountMillicredits } = due;
  // A repeated call must find what the first one did, not what is owed since.
  const { rows } = await tx.query<{ leg: number; amount: string }>('SELECT leg, amount FROM ledger.transfer WHERE ref = $1', [ref]);
  if (rows.length > 0) return BigInt(rows.find(({ leg }) => leg === 1)?.amount ?? 0);
  await tx.query('SELECT ledger.lock_accounts($1)', [[debit, debt]]);
  const owed = await owedBy(tx, debt);
  const repaid = smaller(owed, amountMillicredits);
  if (repaid > 0n) await mustPost(tx, { ref, leg: 1, debit, credit: debt, amountMillicredits: repaid, code: 'debt_repaid' });
  return repaid;
}

/** Millicredits that a debt account says are owed. */
export async function owedBy(tx: PoolClient, debt: bigint): Promise<bigint> {
  const { posted } = await balanceOf(tx, debt);
  return posted < 0n ? -posted : 0n;
}

/** Under which ref a collector's spending is frozen while they owe something. */
export const debtFreeze = (userId: string) => derivedRef('debt', userId);
