import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import type { CardApi } from '@/lib/stripe/card-api';

/** The person's customer at Stripe, made at the first need. Should this stop half-way, the next call is answered with the same one. */
export async function customerOf({ pool }: Pick<Database, 'pool'>, { userId }: Actor, api: CardApi): Promise<string> {
  const known = await findCustomer({ pool }, userId);
  if (known) return known;
  const { customerId } = await api.createCustomer({ userId });
  await pool.query('INSERT INTO stripe_customer (user_id, customer_id) VALUES ($1, $2) ON CONFLICT (user_id) DO NOTHING', [userId, customerId]);
  return customerId;
}

export async function findCustomer({ pool }: Pick<Database, 'pool'>, userId: string): Promise<string | null> {
  const { rows } = await pool.query<{ customer_id: string }>('SELECT customer_id FROM stripe_customer WHERE user_id = $1', [userId]);
  return rows[0]?.customer_id ?? null;
}
