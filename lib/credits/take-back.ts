import type { PoolClient } from 'pg';
import { smaller } from '@/lib/money';
import { type Bucket, openAccount, openPurse } from './accounts';
import { debtFreeze } from './credit-collector';
import { freezeSpending } from './freeze-spending';
import { mustPost, postTransfer, type TransferCode } from './post-transfer';

export type TakeBack = {
  ref: string;
  userId: string;
  /** Name of the lot that is taken from first. */
  lot?: string;
  /** Whose unspent credits make up for what that lot no longer has. */
  buckets: Bucket[];
  /** Where the credits go. */
  credit: bigint;
  amountMillicredits: bigint;
  code: TransferCode;
  /** What the statement names. Left out: the lot. */
  about?: string;
};

/**
 * Takes credits back: what is unspent, the named lot first, then the oldest; the rest becomes the collector's debt, and their spending is
 * frozen until it is repaid. Legs 0… are what was taken, the debt is a leg that
 * no lot's number can be. Once for each ref. Credits in open holds are not touched.
 */
export async function takeBack(tx: PoolClient, take: TakeBack): Promise<{ takenMillicredits: bigint; owedMillicredits: bigint }> {
  const before = await done(tx, take.ref);
  if (before) return before;
  const debit = await openAccount(tx, 'collector_debt', take.userId);
  const taken = await takeUnspent(tx, take, [debit]);
  const owed = take.amountMillicredits - taken;
  if (owed > 0n) {
    await mustPost(tx, { ref: take.ref, leg: DEBT_LEG, debit, credit: take.credit, amountMillicredits: owed, code: 'debt' });
    await freezeSpending(tx, { userId: take.userId, ref: debtFreeze(take.userId), on: true });
  }
  return { takenMillicredits: taken, owedMillicredits: owed };
}

/** Above the number of lots that anybody could have. */
const DEBT_LEG = 1_000_000_000;

async function done(tx: PoolClient, ref: string) {
  const { rows } = await tx.query<{ leg: number; amount: string }>('SELECT leg, amount FROM ledger.transfer WHERE ref = $1', [ref]);
  if (rows.length === 0) return null;
  const sum = (isDebt: boolean) => rows.filter(({ leg }) => (leg === DEBT_LEG) === isDebt).reduce((total, row) => total + BigInt(row.amount), 0n);
  return { takenMillicredits: sum(false), owedMillicredits: sum(true) };
}

/** Takes up to the amount from unspent lots, as legs 0…; `others` are accounts that the caller will move next. Returns what it took. */
export async function takeUnspent(tx: PoolClient, take: TakeBack, others: bigint[] = []): Promise<bigint> {
  let taken = 0n;
  for (const [leg, lot] of (await lockLots(tx, take, [take.credit, ...others])).entries()) {
    const amountMillicredits = smaller(lot.free, take.amountMillicredits - taken);
    if (amountMillicredits <= 0n) continue;
    const { ref, credit, code, about = take.lot } = take;
    // The lots are locked, so their credits cannot have gone meanwhile.
    if ((await postTransfer(tx, { ref, leg, debit: lot.id, credit, amountMillicredits, code, about })) === 'ok') taken += amountMillicredits;
  }
  return taken;
}

async function lockLots(tx: PoolClient, { userId, lot, buckets }: TakeBack, others: bigint[]): Promise<{ id: bigint; free: bigint }[]> {
  const purse = await openPurse(tx, userId);
  const { rows } = await tx.query<{ id: string; free: string }>('SELECT id, free FROM ledger.lock_lots($1, $2, $3::ledger.account_kind[], $4)', [
    purse,
    lot ?? null,
    buckets.map((bucket) => `collector_${bucket}`),
    others,
  ]);
  return rows.map((row) => ({ id: BigInt(row.id), free: BigInt(row.free) }));
}
