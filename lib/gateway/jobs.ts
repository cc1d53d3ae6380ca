import type { Loop } from '@/lib/jobs/types';

/** Every hour: counters that are over, Idempotency-Keys of a day ago, and calls that nobody looks at any more. */
export const gatewayLoops: Loop[] = [
  {
    name: 'forget what the gateway has no use for',
    everyMs: 3_600_000,
    run: async ({ pool }) => {
      await pool.query(`DELETE FROM rate_limit WHERE key LIKE 'gateway:%' AND expire < extract(epoch FROM now()) * 1000`);
      await pool.query(`DELETE FROM idempotent_start WHERE created_at < now() - interval '24 hours'`);
      await pool.query(`DELETE FROM api_call WHERE at < now() - interval '400 days'`);
    },
  },
];
