import 'server-only';
import type { Hex, PublicClient } from 'viem';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import type { Loop } from '@/lib/jobs/types';
import { log } from '@/lib/log';
import { publicClient } from '../client';
import { deploymentOf } from '../deployments';
import type { ChainHandler, ChainLog, IndexedBlock } from '../types';
import { type Cursor, dropBlocksAbove, pruneBlocks, readBlocks, readCursor, withCursor, writeBlock } from './cursor';
import { ChainMoved, fetchBlocks } from './fetch-blocks';
import { findFork } from './find-fork';

const BLOCKS_PER_STEP = 50;
const STEPS_PER_RUN = 40;

export type IndexerOptions = {
  handlers: ChainHandler[];
  /** Left out: RPC_URL, CONFIRMATIONS and EMBEDDED_CHAIN of the settings, and the recorded deployment's first block. */
  client?: PublicClient;
  confirmations?: number;
  embedded?: boolean;
  startBlock?: bigint;
};

type Head = { number: bigint; hash: Hex };
type Place = {
  db: Database;
  client: PublicClient;
  chainId: number;
  handlers: ChainHandler[];
  confirmations: number;
  embedded: boolean;
  startBlock: bigint;
};
type StepOutcome = 'applied' | 'rolled back' | 'up to date' | 'busy' | 'halted';
type Share = { block: IndexedBlock; logsOf: Map<ChainHandler, ChainLog[]> };

/**
 * The loop that turns chain facts into rows, exactly once: it reads blocks in order, and applies each together with the move of its
 * cursor in one transaction. Any number of processes may run it. While the head stands still a run is one call to the chain.
 */
export function createIndexer(options: IndexerOptions): Loop {
  let chainId: number | undefined;
  let indexedHash: Hex | undefined;
  let halted = false;
  return {
    name: 'index-chain',
    everyMs: 1000,
    async run(db) {
      const client = options.client ?? publicClient();
      chainId ??= await client.getChainId();
      const head = await client.getBlock({ includeTransactions: false });
      if (head.hash === indexedHash) return;
      const { handlers, confirmations = env.CONFIRMATIONS, embedded = env.EMBEDDED_CHAIN } = options;
      const place = { db, client, chainId, handlers, confirmations, embedded, startBlock: options.startBlock ?? deploymentOf(chainId).startBlock };
      const outcome = await catchUp(place, head);
      if (outcome === 'up to date') indexedHash = head.hash;
      // Said once, not every second; said again after it went on in between.
      if (outcome === 'halted' && !halted) log.error({ chainId, confirmations }, 'indexer halted: the chain forked below the confirmed depth');
      halted = outcome === 'halted';
    },
  };
}

async function catchUp(place: Place, head: Head): Promise<StepOutcome> {
  let outcome: StepOutcome = 'applied';
  for (let i = 0; i < STEPS_PER_RUN && (outcome === 'applied' || outcome === 'rolled back'); i++) {
    try {
      outcome = await step(place, head);
    } catch (error) {
      if (!(error instanceof ChainMoved)) throw error;
      log.debug({ err: error }, 'the chain moved while it was read');
      return 'busy';
    }
  }
  return outcome;
}

async function step(place: Place, head: Head): Promise<StepOutcome> {
  const { db, client, chainId, handlers } = place;
  const cursor = await readCursor(db.pool, chainId);
  if (cursor && head.number <= cursor.number) return cursor.hash === head.hash ? 'up to date' : lookBack(place, cursor, head);

  const from = cursor ? cursor.number + 1n : place.startBlock;
  if (from > head.number) return 'up to date';
  const last = from + BigInt(BLOCKS_PER_STEP) - 1n;
  const wanted = await Promise.all(handlers.map(async (handler) => [handler, new Set(await handler.addresses(db, chainId))] as const));
  const addresses = [...new Set(wanted.flatMap(([, set]) => [...set]))];
  const blocks = await fetchBlocks(client, chainId, from, last < head.number ? last : head.number, addresses);
  if (cursor && blocks[0]?.parentHash !== cursor.hash) return lookBack(place, cursor, head);
  const shares = await Promise.all(blocks.map((block) => share(place, block, wanted)));
  return (await withCursor(db.pool, chainId, cursor, (tx) => apply(place, shares, tx))) ? 'applied' : 'busy';
}

async function share({ client, chainId }: Place, block: IndexedBlock, wanted: (readonly [ChainHandler, Set<Hex>])[]): Promise<Share> {
  const logsOf = new Map<ChainHandler, ChainLog[]>();
  for (const [handler, addresses] of wanted) {
    const logs: ChainLog[] = [];
    for (const entry of block.logs) {
      if (addresses.has(entry.address) && (!handler.accepts || (await handler.accepts(client, chainId, entry)))) logs.push(entry);
    }
    if (logs.length > 0) logsOf.set(handler, logs);
  }
  return { block, logsOf };
}

async function apply({ chainId, handlers }: Place, shares: Share[], tx: Parameters<ChainHandler['apply']>[0]): Promise<void> {
  for (const { block, logsOf } of shares) {
    for (const [handler, logs] of logsOf) await handler.apply(tx, { ...block, logs });
    await writeBlock(tx, block);
  }
  const headNumber = shares.at(-1)?.block.number ?? 0n;
  for (const handler of handlers) await handler.settle?.(tx, chainId, headNumber);
  await pruneBlocks(tx, chainId, headNumber);
}

/** The cursor is not on the chain, or above its head: back to the block both have. */
async function lookBack(place: Place, cursor: Cursor, head: Head): Promise<StepOutcome> {
  const { db, client, chainId, handlers, confirmations, embedded } = place;
  if (!embedded && head.number < cursor.number) {
    // A provider's nodes do not all have the newest block: an older head on the same chain is not a fork.
    const [atHead] = await readBlocks(db.pool, chainId, head.number, 1);
    if (atHead?.hash === head.hash) return 'busy';
  }
  const fork = await findFork(client, db.pool, chainId, head.number);
  const keptUpTo = fork?.number ?? -1n;
  const depth = cursor.number - keptUpTo;
  if (!embedded && depth > BigInt(confirmations)) return 'halted';
  const moved = await withCursor(db.pool, chainId, cursor, async (tx) => {
    for (const handler of handlers.toReversed()) await handler.undo(tx, chainId, keptUpTo);
    await dropBlocksAbove(tx, chainId, keptUpTo);
  });
  if (moved) {
    const what = embedded ? 'the local chain came back without its last blocks; the database went back with it' : 'reorg: went back to the fork';
    log.warn({ chainId, blocksUndone: Number(depth), keptUpTo: Number(keptUpTo), head: Number(head.number) }, what);
  }
  return moved ? 'rolled back' : 'busy';
}
