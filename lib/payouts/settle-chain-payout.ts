import type { SettlementHandler } from '@/lib/chain/sender/types';
import { endPayout } from './end-payout';
import { lockPayout } from './payout-row';
import { PAYOUT_PURPOSE, whyNotSent } from './rails/chain-rail';

/** The chain's sender says how a payout's transaction ended: the payout ends in that same database transaction. */
export const payoutSettlement: SettlementHandler = {
  purpose: PAYOUT_PURPOSE,
  async onSettled(tx, { id, ref, outcome, txHash, error }) {
    const payout = await lockPayout(tx, ref);
    // A worker that looked meanwhile may have ended it, with the same outcome.
    if (payout.state !== 'sending') return;
    if (outcome === 'safe') await endPayout(tx, payout, { state: 'sent', externalRef: id, txHash: txHash ?? undefined });
    else await endPayout(tx, payout, { state: 'failed', error: whyNotSent(error ?? 'The transaction did not go through') });
  },
};
