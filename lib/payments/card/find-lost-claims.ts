import type { Pool } from 'pg';
import type { Database } from '@/lib/db';
import type { CardApi } from '@/lib/stripe/card-api';

/** Refunds fail within a month; a dispute that is older is looked at by its own (`agingDisputes`). */
const RECENT_DAYS = 30;
const DAY_MS = 24 * 3600_000;

type Claim = { id: string; state: string; paymentIntentId: string | null };

/**
 * Enqueues a look at each paid purchase whose refunds or disputes Stripe has otherwise than our rows: the event that should have told of it
 * never came. What is not paid by our rows yet, the sweep of open purchases looks at. Returns how many there were.
 */
export async function findLostClaims({ pool }: Pick<Database, 'pool'>, api: CardApi): Promise<number> {
  const since = new Date(Date.now() - RECENT_DAYS * DAY_MS);
  const claims = [...(await api.listRefunds(since)), ...(await api.listDisputes(since))];
  const ids = new Set([...(await differing(pool, claims)), ...(await agingDisputes(pool))]);
  for (const id of ids) {
    await pool.query(`SELECT graphile_worker.add_job('card-sync', json_build_object('purchaseId', $1::text), job_key => 'card-sync:' || $1::text)`, [
      id,
    ]);
  }
  return ids.size;
}

async function differing(pool: Pool, claims: Claim[]): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT DISTINCT p.id FROM unnest($1::text[], $2::text[], $3::text[]) c(id, intent, state) JOIN card_purchase p ON p.payment_intent_id = c.intent
      WHERE NOT EXISTS (SELECT 1 FROM card_refund r WHERE r.id = c.id AND r.state::text = c.state)
        AND NOT EXISTS (SELECT 1 FROM card_dispute d WHERE d.id = c.id AND d.state::text = c.state)`,
    [claims.map(({ id }) => id), claims.map(({ paymentIntentId }) => paymentIntentId), claims.map(({ state }) => state)],
  );
  return rows.map(({ id }) => id);
}

/** Those that can still move, the lost ones by an appeal; each is looked at once a day. */
async function agingDisputes(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT DISTINCT p.id FROM card_dispute d JOIN card_purchase p ON p.id = d.purchase_id
      WHERE (d.state IN ('inquiry', 'open') OR (d.state = 'lost' AND d.changed_at > now() - interval '120 days'))
        AND p.looked_at < now() - interval '1 day' LIMIT 100`,
  );
  return rows.map(({ id }) => id);
}
