import 'server-only';
import { BaseError, type Hex, type PublicClient } from 'viem';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import type { Loop } from '@/lib/jobs/types';
import { log } from '@/lib/log';
import { withoutUrl } from '../chain-error';
import { publicClient } from '../client';
import { deploymentOf } from '../deployments';
import type { ChainHandler } from '../types';
import { advance } from './advance';
import { ChainMoved } from './fetch-blocks';

/** Reading anew is right when the chain moved; when it seems to move this often in a row, something else is wrong. */
const MOVES_TOLERATED = 10;

export type IndexerOptions = {
  handlers: ChainHandler[];
  /** Left out: RPC_URL, CONFIRMATIONS and EMBEDDED_CHAIN of the settings, and the recorded deployment's first block. */
  client?: PublicClient;
  confirmations?: number;
  embedded?: boolean;
  startBlock?: bigint;
};

/**
 * The loop that turns chain facts into rows, exactly once: it reads blocks in order, and applies each together with the move of its
 * cursor in one transaction. Any number of processes may run it. While the head stands still a run is one call to the chain.
 */
export function createIndexer(options: IndexerOptions): Loop {
  let chainId: number | undefined;
  let indexedHash: Hex | undefined;
  let trouble: keyof typeof troubles | undefined;
  let moves = 0;

  /** Said when it begins, not every second; said again after it went well in between. */
  function tell(now: typeof trouble, details: object = {}): void {
    if (now && now !== trouble) log.error({ chainId, ...details }, troubles[now]);
    if (!now && trouble) log.info({ chainId }, 'indexer goes on');
    trouble = now;
  }

  async function index(db: Database): Promise<void> {
    const client = options.client ?? publicClient();
    chainId ??= await client.getChainId();
    const head = await client.getBlock({ includeTransactions: false });
    if (head.hash === indexedHash) return tell(undefined);
    const { handlers, confirmations = env.CONFIRMATIONS, embedded = env.EMBEDDED_CHAIN } = options;
    const startBlock = options.startBlock ?? deploymentOf(chainId).startBlock;
    const outcome = await advance({ db, client, chainId, handlers, confirmations, embedded, startBlock }, head);
    moves = 0;
    indexedHash = outcome === 'up to date' ? head.hash : undefined;
    tell(outcome === 'halted' ? 'halted' : undefined, { confirmations });
  }

  function fail(error: unknown): void {
    if (error instanceof ChainMoved) {
      moves += 1;
      if (moves > MOVES_TOLERATED) tell('stuck', { err: withoutUrl(error), reason: withoutUrl(error.cause).message });
    } else if (error instanceof BaseError) {
      tell('unreachable', { err: withoutUrl(error) });
    } else throw error;
  }

  return { name: 'index-chain', everyMs: 1000, run: (db) => index(db).catch(fail) };
}

const troubles = {
  unreachable: 'the chain does not answer: nothing is indexed until it does',
  stuck: 'the chain keeps answering as if it moved: nothing is indexed',
  halted: 'indexer halted: the chain forked below the confirmed depth',
};
