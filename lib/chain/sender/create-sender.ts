import 'server-only';
import type { Hex, PublicClient } from 'viem';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import type { Loop } from '@/lib/jobs/types';
import { log } from '@/lib/log';
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
/** A chain that does not answer, or the relayer's new ETH that is not in the books yet, pass by themselves. */
const FAILURES_TOLERATED = 30;

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
  const raised = new Set<string>();
  const failures = new Map<string, number>();
  let chainId: number | undefined;
  let watchedHash: Hex | undefined;

  async function turn(db: Database): Promise<void> {
    const client = options.client ?? publicClient();
    chainId ??= await client.getChainId();
    const block = await client.getBlock({ includeTransactions: false });
    const head = { number: block.number, hash: block.hash, baseFeeWei: block.baseFeePerGas ?? 0n };
    const alerts = createAlerts(db.pool, raised);
    const place: Place = { db, client, chainId, head, handlers, alerts, limits: { ...limitsOfSettings(), ...limits } };
    if (head.hash !== watchedHash) {
      for (const keyId of await keysInUse(place)) await watchKey(place, keyId);
      watchedHash = head.hash;
    }
    for (let i = 0; i < BATCHES_PER_RUN; i++) {
      const claimed = await claimOpen(db.pool, chainId, AT_ONCE);
      await Promise.all(claimed.map((row) => follow(place, row, failures)));
      if (claimed.length < AT_ONCE) return;
    }
  }

  return {
    name: 'send-transactions',
    everyMs: 1000,
    run: (db) =>
      turn(db).catch((error: unknown) => {
        throw withoutUrl(error);
      }),
  };
}

async function follow(place: Place, row: TransactionRow, failures: Map<string, number>): Promise<void> {
  try {
    if (row.state === 'queued' || row.state === 'sent' || row.state === 'mined') await steps[row.state](place, row);
    failures.delete(row.id);
  } catch (error) {
    const err = withoutUrl(error);
    const times = (failures.get(row.id) ?? 0) + 1;
    failures.set(row.id, times);
    log.warn({ err, transaction: row.id, purpose: row.purpose, state: row.state, times }, 'a transaction could not be followed; it is tried again');
    if (times >= FAILURES_TOLERATED) await place.alerts('transaction_stuck', row.id, { purpose: row.purpose, state: row.state, why: err.message });
  }
  await lookAgain(place.db.pool, row.id, LOOK_MS);
}
