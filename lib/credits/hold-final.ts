import type { PoolClient } from 'pg';
import { AppError } from '@/lib/errors';
import { holdCredits } from './hold-credits';

/**
 * Only the end of its transaction ends the hold of what the house sends: let go of earlier, it would be free. So the ledger's sweeper is kept
 * away from it, and the audits of relays show one whose transaction is over.
 */
const HOLD_SECONDS = 10 * 365 * 24 * 3600;

/** Sets aside credits that cannot be charged back, for what the house sends. Throws `insufficient_final_credits`, `spending_frozen`. */
export async function holdFinal(tx: PoolClient, hold: { id: string; userId: string; amountMillicredits: bigint }): Promise<void> {
  try {
    await holdCredits(tx, { ...hold, ttlSeconds: HOLD_SECONDS, spendable: 'final' });
  } catch (error) {
    if (error instanceof AppError && error.code === 'insufficient_credits') throw new AppError('insufficient_final_credits');
    throw error;
  }
}
