import 'server-only';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { CardApi } from '@/lib/stripe/card-api';
import { findPurchase } from './queries';
import type { CardPurchaseDto } from './schema';
import { syncPurchase } from './sync-purchase';

/** Where the buyer's purchase stands, asked of Stripe while it is open: who comes back from paying does not wait for an event. */
export async function checkPurchase(db: Database, actor: Actor, api: CardApi, id: string): Promise<CardPurchaseDto> {
  const before = await findPurchase(db, actor, id);
  if (!before) throw new AppError('not_found');
  if (before.state !== 'open') return before;
  await syncPurchase(db, api, id);
  return (await findPurchase(db, actor, id)) ?? before;
}
