import { confirmationsAt, finalityAt } from '@/lib/chain/finality';
import { env } from '@/lib/env';
import type { KnownPass } from './access-facts';
import type { PassGrant } from './schema';

/** What a pass gives at a moment. Periods are counted from the purchase, through renewals and lapses, so that no period comes twice. */
export function grantOf(pass: KnownPass, indexedNumber: bigint, now: Date): PassGrant {
  const { id: passId, tierId, tierLabel, includedRuns, periodSeconds, ratePerMinute, expiresAt, boughtAt, blockNumber } = pass;
  const periodMs = periodSeconds * 1000;
  // A local chain's clock can be ahead of ours.
  const period = Math.max(0, Math.floor((now.getTime() - boughtAt.getTime()) / periodMs));
  const periodEndsAt = new Date(boughtAt.getTime() + (period + 1) * periodMs);
  const isSafe = blockNumber !== null && finalityAt(confirmationsAt(indexedNumber, blockNumber), env.CONFIRMATIONS) !== 'seen';
  return { passId, tierId, tierLabel, includedRuns, periodSeconds, period, periodEndsAt, ratePerMinute, expiresAt, isSafe };
}
