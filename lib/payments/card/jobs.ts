import 'server-only';
import { z } from 'zod';
import type { Database } from '@/lib/db';
import type { Loop, Task } from '@/lib/jobs/types';
import { log } from '@/lib/log';
import type { CardApi } from '@/lib/stripe/card-api';
import { openCardApi } from '@/lib/stripe/open-card-api';
import { stripeAvailability } from '@/lib/stripe/settings';
import { uuidInput } from '@/lib/uuid-input';
import { findLostClaims } from './find-lost-claims';
import { settleAllDebts } from './settle-debts';
import { syncPurchase } from './sync-purchase';

const syncPayload = z.object({ purchaseId: uuidInput });

export const cardTasks: Record<string, Task> = {
  'card-sync': async (payload, { db }) => syncPurchase(db, openCardApi(), syncPayload.parse(payload).purchaseId),
};

export const cardLoops: Loop[] = [
  {
    name: 'look at card purchases that no event told of',
    everyMs: 60_000,
    run: async (db) => {
      if (stripeAvailability().on) await sweepPurchases(db, openCardApi());
    },
  },
  {
    name: 'look for refunds and disputes that no event told of',
    everyMs: 600_000,
    run: async (db) => {
      if (stripeAvailability().on) await findLostClaims(db, openCardApi());
    },
  },
  {
    name: 'repay debts from unspent credits, and settle what was repaid',
    everyMs: 15_000,
    run: async (db) => {
      await settleAllDebts(db);
    },
  },
];

/**
 * Events can be lost: an open purchase is looked at now and then until its page has expired, those first that nobody has looked at for longest. One
 * that never had a page has expired. What cannot be read keeps nobody else waiting.
 */
export async function sweepPurchases(db: Pick<Database, 'pool'>, api: CardApi): Promise<void> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT id FROM card_purchase
      WHERE state = 'open' AND session_id IS NOT NULL AND created_at < now() - interval '2 minutes'
        AND coalesce(looked_at, created_at) < now() - interval '10 minutes' ORDER BY coalesce(looked_at, created_at) LIMIT 100`,
  );
  for (const { id } of rows) await syncPurchase(db, api, id).catch((err: unknown) => log.error({ purchase: id, err }, 'a purchase cannot be read'));
  await db.pool.query(
    `UPDATE card_purchase SET state = 'expired' WHERE state = 'open' AND session_id IS NULL AND created_at < now() - interval '2 days'`,
  );
}
