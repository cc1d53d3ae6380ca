import 'server-only';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import type { CardApi } from '@/lib/stripe/card-api';
import { findCustomer } from './customer-of';

/** The page with the person's invoices and billing details. Throws `not_found` for someone who never began a purchase. */
export async function openPortal(db: Database, actor: Actor, api: CardApi): Promise<{ url: string }> {
  const customerId = await findCustomer(db, actor.userId);
  if (!customerId) throw new AppError('not_found');
  return api.createPortal({ customerId, returnUrl: new URL('/credits', env.PUBLIC_URL).href });
}
