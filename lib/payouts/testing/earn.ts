import { randomBytes } from 'node:crypto';
import type { Actor } from '@/lib/actor';
import { openAccount } from '@/lib/credits/accounts';
import { captureHold } from '@/lib/credits/capture-hold';
import { type Credit, creditCollector } from '@/lib/credits/credit-collector';
import { holdCredits } from '@/lib/credits/hold-credits';
import type { Database } from '@/lib/db';
import { inTransaction } from '@/lib/db';
import { newId } from '@/lib/ids';
import { seedPerson } from '@/prisma/seed/people';

/** Somebody with an account and no past. */
export const newcomer = (db: Pick<Database, 'prisma'>): Promise<Actor> => seedPerson(db, `0x${randomBytes(20).toString('hex')}`);

export type Earning = {
  millicredits: bigint;
  /** What the collector had paid with: card money pends, the rest is available at once. */
  paidWith?: 'card' | 'chain' | 'bonus';
  /** UTC day of the capture. */
  day?: string;
  /** The run, where one exists. */
  run?: string;
  code?: 'run_creator' | 'run_parent';
};

const sources = {
  card: { kind: 'card_clearing', bucket: 'purchased', code: 'purchase' },
  chain: { kind: 'till_clearing', bucket: 'onchain', code: 'deposit' },
  bonus: { kind: 'promotion', bucket: 'bonus', code: 'bonus' },
} as const satisfies Record<string, { kind: string; bucket: Credit['bucket']; code: Credit['code'] }>;

/** A collector buys credits and spends all of them on the creator, as a run would: lot, hold, capture. Returns what it was about. */
export async function earn(db: Database, creator: Actor, earning: Earning): Promise<{ collector: Actor; purchase: string; run: string }> {
  const { millicredits, paidWith = 'chain', day = new Date().toISOString().slice(0, 10), run = newId(), code = 'run_creator' } = earning;
  const collector = await newcomer(db);
  const purchase = newId();
  const source = sources[paidWith];
  await inTransaction(db.pool, async (tx) => {
    const debit = await openAccount(tx, source.kind, 'house');
    const { bucket, code: why } = source;
    await creditCollector(tx, { ref: purchase, userId: collector.userId, bucket, debit, amountMillicredits: millicredits, code: why });
  });
  await holdCredits(db.pool, { id: run, userId: collector.userId, amountMillicredits: millicredits, ttlSeconds: 900 });
  const pending = await openAccount(db.pool, 'creator_pending', creator.userId, { sub: day });
  const available = await openAccount(db.pool, 'creator_available', creator.userId);
  await captureHold(db.pool, { id: run, splits: [{ pending, available, amountMillicredits: millicredits, code }] }, 'run');
  return { collector, purchase, run };
}
