import type { PoolClient } from 'pg';
import { refundCapture } from '@/lib/credits/refund-capture';
import { sharesOfCapture } from '@/lib/credits/spends';
import { loadDisputes, loadParts, saveDispute } from './dispute-rows';
import { returnPart } from './release-disputed';

/**
 * Gives the price of a run back, once for each `ref`. What disputes have taken aside of its earnings returns to the creators first, for
 * the refund takes it from them: it would else take what they earned with other runs.
 */
export async function refundRun(tx: PoolClient, { capture, ref }: { capture: string; ref: string }): Promise<void> {
  for (const purchase of await lockPayingPurchases(tx, capture)) {
    for (const dispute of await loadDisputes(tx, purchase.id)) {
      const held = (await loadParts(tx, dispute.id)).filter(({ state, earning }) => state === 'held' && earning?.ref === capture);
      for (const part of held) await returnPart({ tx, purchase }, dispute, part);
      if (held.length > 0) await saveDispute(tx, dispute);
    }
  }
  await refundCapture(tx, { capture, ref });
}

/**
 * The card purchases of whose credits, or bonus, the run took. Locked, so that no dispute takes aside what is being given back; a bonus lot does
 * not name its purchase, so all of that collector's are.
 */
export async function lockPayingPurchases(tx: PoolClient, capture: string): Promise<{ id: string }[]> {
  const lots = (await sharesOfCapture(tx, capture)).map(({ lot }) => lot);
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM card_purchase
      WHERE user_id IN (SELECT owner::uuid FROM ledger.account WHERE id = ANY ($1) AND kind IN ('collector_purchased', 'collector_bonus'))
      ORDER BY id FOR UPDATE`,
    [lots],
  );
  return rows;
}
