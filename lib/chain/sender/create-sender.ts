import 'server-only';
import { BaseError, type Hex, type PublicClient } from 'viem';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import type { Loop } from '@/lib/jobs/types';
import { withoutUrl } from '../chain-error';
import { publicClient } from '../client';
import { createAlerts } from './alerts';
import { claimOpen, lookAgain } from './claim-open';
import { followMined } from './follow-mined';
import { followSent } from './follow-sent';
import type { Limits, Place } from './place';
import type { TransactionRow } from './rows';
import { sendQueued } from './send-queued';
import type { SettlementHandler } from './types';
import { keysInUse, watchKey } from './watch-key';

const AT_ONCE = 16;
const BATCHES_PER_RUN = 20;
const LOOK_MS = 800;

/** `client`, `limits`: left out, those of the settings. */
export type SenderOptions = { handlers: SettlementHandler[]; client?: PublicClient; limits?: Partial<Limits> };

const limitsOfSettings = (): Limits => ({
  confirmations: env.CONFIRMATIONS,
  maxFeeWei: BigInt(env.SENDER_MAX_FEE_GWEI) * 10n ** 9n,
  stuckMs: env.SENDER_STUCK_SECONDS * 1000,
  lowBalanceWei: BigInt(env.SENDER_LOW_BALANCE_GWEI) * 10n ** 9n,
});

const steps = { queued: sendQueued, sent: followSent, mined: followMined };

/**
 * The loop that sends what was queued and follows it until its block is safe. Any number of processes may run it, and any of them may die
 * anywhere: whoever comes next reads rows and chain, and goes on.
 */
export function createSender({ handlers, limits, ...options }: SenderOptions): Loop {
  const alerts = createAlerts();
  let chainId: number | undefined;
  let watchedHash: Hex | undefined;

  async function turn(db: Database): Promise<void> {
    const client = options.client ?? publicClient();
    chainId ??= await client.getChainId();
    const block = await client.getBlock({ includeTransactions: false });
    const head = { number: block.number, hash: block.hash, baseFeeWei: block.baseFeePerGas ?? 0n };
    const place: Place = { db, client, chainId, head, handlers, alerts, limits: { ...limitsOfSettings(), ...limits } };
    if (head.hash !== watchedHash) {
      for (const keyId of await keysInUse(place)) await watchKey(place, keyId);
      watchedHash = head.hash;
    }
    for (let i = 0; i < BATCHES_PER_RUN; i++) {
      const claimed = await claimOpen(db.pool, chainId, AT_ONCE);
      await Promise.all(claimed.map((row) => follow(place, row)));
      if (claimed.length < AT_ONCE) return;
    }
  }

  function fail(error: unknown): void {
    if (!(error instanceof BaseError)) throw error;
    alerts('chain', { err: withoutUrl(error) }, 'the chain does not answer: no transaction is sent until it does');
  }

  return { name: 'send-transactions', everyMs: 1000, run: (db) => turn(db).catch(fail) };
}

async function follow(place: Place, row: TransactionRow): Promise<void> {
  try {
    if (row.state === 'queued' || row.state === 'sent' || row.state === 'mined') await steps[row.state](place, row);
  } catch (error) {
    place.alerts(
      row.id,
      { err: withoutUrl(error), purpose: row.purpose, state: row.state },
      'a transaction could not be followed; it is tried again',
    );
  }
  await lookAgain(place.db.pool, row.id, LOOK_MS);
}
