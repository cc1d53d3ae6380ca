import { type Capture, createCapturer, releaseHold } from '@/lib/credits/capture-hold';
import { creditCollector } from '@/lib/credits/credit-collector';
import { createHolder, type Hold } from '@/lib/credits/hold-credits';
import { postTransfer } from '@/lib/credits/post-transfer';
import { inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import type { Books, Receiver } from './books';
import type { Memory } from './memory';
import type { Random } from './random';

/** One call of the ledger. It records the answer, so it can be asked again when the answer got lost. */
export type Operation = () => Promise<void>;
/** What one process of the app has: its own batches. */
export type Lane = ReturnType<typeof createLane>;

export const createLane = ({ pool }: Books) => ({
  hold: createHolder({ pool }, { ttlSeconds: 900 }),
  holdFinal: createHolder({ pool }, { ttlSeconds: 900, spendable: 'final' }),
  /** Expires before anyone can end it. */
  holdBriefly: createHolder({ pool }, { ttlSeconds: 0 }),
  capture: createCapturer({ pool }, 'run'),
});

export function createOperations(books: Books, memory: Memory, random: Random) {
  const { pool } = books;
  const refusable = async (codes: string[], work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof AppError) || !codes.includes(error.code)) throw error;
      memory.refused();
    }
  };
  return {
    hold(call: Lane['hold'], hold: Hold): Operation {
      return () => refusable(['insufficient_credits'], async () => memory.held(hold, await call(hold)));
    },
    /** Of another capture of the same hold with another amount, one is refused; a hold that was let go refuses too. */
    capture(call: Lane['capture'], capture: Capture, receivers: string[]): Operation {
      return () => refusable(['conflict', 'wrong_state'], async () => memory.captured(capture, receivers, await call(capture)));
    },
    release(id: string): Operation {
      return async () => ((await releaseHold(pool, id)) ? memory.letGo(id) : memory.refused());
    },
    topUp(user: string): Operation {
      const bucket = random.pick(['bonus', 'purchased', 'onchain'] as const);
      const debit = { bonus: books.promotion, purchased: books.card, onchain: books.till }[bucket];
      const code = ({ bonus: 'bonus', purchased: 'purchase', onchain: 'deposit' } as const)[bucket];
      const credit = { ref: newId(), amountMillicredits: BigInt(random.between(500, 16_000)) };
      return async () => {
        await inTransaction(pool, (tx) => creditCollector(tx, { ...credit, userId: user, bucket, debit, code }));
        memory.posted(credit, { user }, memory.posts.has(credit.ref) ? 'replay' : 'ok');
      };
    },
    /** Earnings that leave: some creator's, or the platform's own. */
    payOut(from: Receiver): Operation {
      const post = { ref: newId(), amountMillicredits: BigInt(random.between(1, 400)) };
      return async () => {
        const status = await postTransfer(pool, { ...post, debit: from.available, credit: books.away.available, code: 'payout' });
        if (status === 'insufficient') memory.refused();
        else memory.posted(post, { from: from.name, to: books.away.name }, status);
      };
    },
    rollUp(): Operation {
      return async () => {
        await pool.query('SELECT ledger.roll_up_streams()');
        memory.count('ok');
      };
    },
    expire(): Operation {
      return async () => {
        await pool.query('SELECT ledger.expire_holds(200)');
        memory.count('ok');
      };
    },
  };
}
export type Operations = ReturnType<typeof createOperations>;
