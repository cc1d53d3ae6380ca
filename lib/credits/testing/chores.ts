import { type Database, inTransaction } from '@/lib/db';
import { newId } from '@/lib/ids';
import { accountOf } from '../accounts';
import { creditCollector } from '../credit-collector';
import { derivedRef } from '../derived-ref';
import { refundCapture } from '../refund-capture';
import { takeBack } from '../take-back';
import type { Give, Model } from './model';
import type { Chore } from './steps';
import { idsOf, pick } from './wishes';

const SOURCE = { bonus: ['promotion', 'grant'], purchased: ['card_clearing', 'purchase'], onchain: ['till_clearing', 'deposit'] } as const;

/** A call that can be made any number of times, and what its first time does to the model. */
export type Once = { work(): Promise<unknown>; apply(): void };

export function giving(db: Database, model: Model, gift: Give): Once {
  const [kind, code] = SOURCE[gift.bucket];
  return {
    work: async () => {
      const debit = await accountOf(db, kind, 'house');
      const credit = { ref: gift.ref, userId: gift.user, bucket: gift.bucket, debit, amountMillicredits: gift.amount, code };
      await inTransaction(db.pool, (tx) => creditCollector(tx, credit));
    },
    apply: () => model.give(gift),
  };
}

function takingBack(db: Database, model: Model, user: string, amount: bigint): Once {
  const ref = newId();
  const take = {
    ref,
    userId: user,
    buckets: ['purchased' as const, 'onchain' as const],
    amountMillicredits: amount,
    code: 'deposit_reversal' as const,
  };
  return {
    work: async () => {
      const credit = await accountOf(db, 'till_clearing', 'house');
      await inTransaction(db.pool, (tx) => takeBack(tx, { ...take, credit }));
    },
    apply: () => model.takeBack({ ref, user, amount }),
  };
}

/** Under a ref that follows from the capture: under another it would be another refund. */
const refunding = (db: Database, model: Model, capture: string): Once => ({
  work: () => inTransaction(db.pool, (tx) => refundCapture(tx, { capture, ref: derivedRef('refund', capture) })),
  apply: () => model.refund(capture, derivedRef('refund', capture)),
});

export function choreOf(db: Database, model: Model, collectors: string[], { what, pick: n, size }: Chore): Once | undefined {
  const user = pick(collectors, n) ?? '';
  if (what === 'give') {
    const bucket = pick(['bonus', 'purchased', 'onchain'] as const, n) ?? 'bonus';
    return giving(db, model, { ref: newId(), user, bucket, amount: BigInt(size) * 16n });
  }
  if (what === 'take back') return takingBack(db, model, user, BigInt(size) * 2n);
  if (what === 'roll up') return { work: () => db.pool.query('SELECT ledger.roll_up_streams()'), apply: () => {} };
  const captured = pick(idsOf(model, 'captured'), n);
  return captured ? refunding(db, model, captured) : undefined;
}
