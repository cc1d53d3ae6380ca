import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { findPurchase } from '@/lib/payments/card/queries';
import { loadRepaid } from './load-repaid';
import type { CardReceiptDto } from './schema';

/** The receipt of one of the person's own paid purchases by card. Null where there is none, or it is somebody else's. */
export async function getCardReceipt(db: Database, actor: Actor, ref: string): Promise<CardReceiptDto | null> {
  const purchase = await findPurchase(db, actor, ref);
  if (purchase?.state !== 'paid') return null;
  const repaid = (await loadRepaid(db.pool, [ref])).get(ref) ?? 0n;
  return { ...purchase, buyer: actor.address, repaidMillicredits: repaid.toString() };
}
