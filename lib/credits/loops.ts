import type { Loop } from '@/lib/jobs/types';
import { log } from '@/lib/log';

export const creditLoops: Loop[] = [
  {
    name: 'let go of holds that nobody ended',
    everyMs: 10_000,
    run: async ({ pool }) => {
      const { rows } = await pool.query<{ expired: number }>('SELECT ledger.expire_holds() AS expired');
      // The generations domain ends runs before their holds expire, so this should find nothing.
      if (rows[0]?.expired) log.error({ expired: rows[0].expired }, 'holds expired in the ledger');
    },
  },
  {
    name: 'take back what expired: bonus credits, included runs',
    everyMs: 60_000,
    run: async ({ pool }) => {
      await pool.query('SELECT ledger.expire_lots()');
    },
  },
  {
    name: 'add up the revenue streams',
    everyMs: 5_000,
    run: async ({ pool }) => {
      await pool.query('SELECT ledger.roll_up_streams()');
    },
  },
];
