import type { Loop } from '@/lib/jobs/types';
import { settlePayments } from './x402/settle-payments';

export const gatewayLoops: Loop[] = [
  // Counters that are over, Idempotency-Keys of a day ago, calls whose sums are kept, and sums that no page goes back to.
  {
    name: 'forget what the gateway has no use for',
    everyMs: 3_600_000,
    run: async ({ pool }) => {
      await pool.query(`DELETE FROM rate_limit WHERE key LIKE 'gateway:%' AND expire < extract(epoch FROM now()) * 1000`);
      await pool.query(`DELETE FROM idempotent_start WHERE created_at < now() - interval '24 hours'`);
      await pool.query(`DELETE FROM api_call WHERE at < now() - interval '90 days'`);
      for (const sums of ['usage_calls', 'usage_runs']) {
        await pool.query(`DELETE FROM ${sums} WHERE grain = 'hour' AND at < now() - interval '8 days'`);
        await pool.query(`DELETE FROM ${sums} WHERE grain = 'day' AND at < now() - interval '400 days'`);
      }
    },
  },
  { name: 'sum the runs of hours that are over', everyMs: 300_000, run: async ({ pool }) => void (await pool.query('SELECT usage_sum_runs()')) },
  { name: 'settle payments for calls', everyMs: 1_000, run: (db) => settlePayments(db) },
];
