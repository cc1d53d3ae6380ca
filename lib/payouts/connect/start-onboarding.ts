import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { ConnectApi } from '@/lib/stripe/connect-api';

type Return = { returnUrl: string; refreshUrl: string };

/** Where Stripe sends the creator afterwards, and where when its page has gone stale. */
export const onboardingReturn = (publicUrl: string): Return => ({
  returnUrl: new URL('/api/connect/return', publicUrl).href,
  refreshUrl: new URL('/api/connect/refresh', publicUrl).href,
});

/** Sends a creator to Stripe, with an account that is made once for each creator. */
export async function startOnboarding(db: Database, actor: Actor, api: ConnectApi, where: Return): Promise<{ url: string }> {
  const accountId = (await accountOf(db, actor)) ?? (await openAccount(db, actor, api));
  return api.createOnboardingLink({ accountId, ...where });
}

/** A fresh page of Stripe's for a creator who has an account there; null for one who has none. */
export async function refreshOnboarding(db: Database, actor: Actor, api: ConnectApi, where: Return): Promise<{ url: string } | null> {
  const accountId = await accountOf(db, actor);
  return accountId ? api.createOnboardingLink({ accountId, ...where }) : null;
}

async function accountOf({ prisma }: Database, actor: Actor): Promise<string | null> {
  return (await prisma.connectAccount.findUnique({ where: { userId: actor.userId } }))?.accountId ?? null;
}

/** Should this stop between the two steps, the next call is answered with the same account. */
async function openAccount(db: Database, actor: Actor, api: ConnectApi): Promise<string> {
  const { accountId } = await api.createAccount({ userId: actor.userId });
  await db.pool.query('INSERT INTO connect_account (user_id, account_id) VALUES ($1, $2) ON CONFLICT (user_id) DO NOTHING', [
    actor.userId,
    accountId,
  ]);
  const kept = await accountOf(db, actor);
  if (!kept) throw new AppError('internal', { cause: new Error(`no account was kept for ${actor.userId}`) });
  return kept;
}
