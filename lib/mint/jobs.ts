import { chainId, publicClient } from '@/lib/chain/client';
import { env } from '@/lib/env';
import type { Loop } from '@/lib/jobs/types';
import { recordFloat } from './relay/record-float';

export const mintLoops: Loop[] = [
  {
    name: 'record the ETH of the relayer',
    everyMs: 10_000,
    run: async (db) => recordFloat(db, { client: publicClient(), chainId: await chainId(), confirmations: env.CONFIRMATIONS }),
  },
];
