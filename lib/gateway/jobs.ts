import type { Loop } from '@/lib/jobs/types';
import { settlePayments } from './x402/settle-payments';

export const gatewayLoops: Loop[] = [
  // Counters that are over, Idempotency-Keys of a day ago, and calls that nobody looks at any more.
  {
    name: 'forget what the gateway has no use for',
    everyMs: 3_600_000,
    run: async ({ pool }) => {
      await pool.query(`DELETE FROM rate_limit WHERE key LIKE 'gateway:%' AND expire < extract(epoch FROM now()) * 1000`);
      await pool.query(`DELETE FROM idempotent_start WHERE created_at < now() - interval '24 hours'`);
      await pool.query(`DELETE FROM api_call WHERE at < now() - interval '400 days'`);
    },
  },
  { name: 'settle payments for calls', everyMs: 1_000, run: (db) => settlePayments(db) },
];
