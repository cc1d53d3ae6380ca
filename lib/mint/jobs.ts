import { BaseError } from 'viem';
import { withoutUrl } from '@/lib/chain/chain-error';
import { chainId, publicClient } from '@/lib/chain/client';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import type { Loop } from '@/lib/jobs/types';
import { recordFloat } from './relay/record-float';

const record = async (db: Database) => recordFloat(db, { client: publicClient(), chainId: await chainId(), confirmations: env.CONFIRMATIONS });

/** A local chain that was started again does not know the balances of blocks from before. */
function passOver(error: unknown): void {
  if (!env.EMBEDDED_CHAIN || !(error instanceof BaseError)) throw withoutUrl(error);
}

export const mintLoops: Loop[] = [
  {
    name: 'record the ETH of the relayer',
    everyMs: 10_000,
    run: (db) => record(db).catch(passOver),
  },
];
