import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts/raise-alert';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import type { Loop, Task } from '@/lib/jobs/types';
import { uuidInput } from '@/lib/uuid-input';
import { enqueueForgotten } from './enqueue-sending';
import { matureEarnings } from './mature-earnings';
import { payoutOutlets } from './outlets';
import { sendPayout } from './send-payout';

const payload = z.object({ id: uuidInput });

export const payoutTasks: Record<string, Task> = {
  'send-payout': async (input, { db }) => sendPayout(db, payoutOutlets(db), payload.parse(input).id),
};

export const payoutLoops: Loop[] = [
  { name: 'make old card earnings available', everyMs: 600_000, run: async (db) => void (await matureEarnings(db, env.EARNINGS_PENDING_DAYS)) },
  { name: 'take up payouts that nobody sends', everyMs: 30_000, run: async (db) => void (await enqueueForgotten(db)) },
  { name: 'tell of payouts without an outcome', everyMs: 60_000, run: tellOfUnresolved },
];

/** A payout whose outcome nobody knows for an hour is a matter for people. */
export async function tellOfUnresolved({ pool }: Pick<Database, 'pool'>): Promise<void> {
  const { rows } = await pool.query<{ id: string; rail: string }>(
    `SELECT id, rail::text FROM payout WHERE state = 'sending' AND sending_at < now() - interval '1 hour' ORDER BY sending_at LIMIT 50`,
  );
  for (const { id, rail } of rows) {
    await raiseAlert(pool, {
      key: `payout-unresolved:${id}`,
      kind: 'payout_unresolved',
      text: 'A payout has been on its way for an hour without an outcome. Look at the other side before anything else: it is not sent again while that is unknown.',
      details: { payout: id, rail },
    });
  }
}
