import type { Database } from '@/lib/db';
import type { ConnectApi } from '@/lib/stripe/connect-api';

/**
 * Takes over what Stripe says now about an account of ours; of others nothing is kept. Of two readings the one that began later counts,
 * whichever arrives last.
 */
export async function refreshAccount({ pool }: Pick<Database, 'pool'>, api: ConnectApi, accountId: string): Promise<void> {
  const { rows } = await pool.query<{ at: string }>('SELECT clock_timestamp()::text AS at FROM connect_account WHERE account_id = $1', [accountId]);
  if (!rows[0]) return;
  const { payoutsEnabled } = await api.readAccount(accountId);
  await pool.query('UPDATE connect_account SET payouts_enabled = $2, read_at = $3 WHERE account_id = $1 AND read_at <= $3', [
    accountId,
    payoutsEnabled,
    rows[0].at,
  ]);
}

/** The same for the account of a person, where they have one. */
export async function refreshAccountOf(db: Database, api: ConnectApi, userId: string): Promise<void> {
  const account = await db.prisma.connectAccount.findUnique({ where: { userId }, select: { accountId: true } });
  if (account) await refreshAccount(db, api, account.accountId);
}
