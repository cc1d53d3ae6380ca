import 'server-only';
import type { Hex, PublicClient } from 'viem';
import type { Database } from '@/lib/db';
import { log } from '@/lib/log';
import type { ChainHandler, ChainLog, IndexedBlock } from '../types';
import { type Cursor, dropBlocksAbove, pruneBlocks, readBlocks, readCursor, withCursor, writeBlock } from './cursor';
import { fetchBlocks } from './fetch-blocks';
import { findFork } from './find-fork';

const BLOCKS_PER_STEP = 50;
const STEPS_PER_RUN = 40;

export type Head = { number: bigint; hash: Hex };
export type Place = {
  db: Database;
  client: PublicClient;
  chainId: number;
  handlers: ChainHandler[];
  confirmations: number;
  embedded: boolean;
  startBlock: bigint;
};
/** 'busy': another process is at it, or the provider is behind; the next run sees. */
export type Outcome = 'applied' | 'rolled back' | 'up to date' | 'busy' | 'halted';
type Share = { block: IndexedBlock; logsOf: Map<ChainHandler, ChainLog[]> };

/** Takes steps towards `head` until there, or for a while. Throws ChainMoved when the chain changed under its hands. */
export async function advance(place: Place, head: Head): Promise<Outcome> {
  let outcome: Outcome = 'applied';
  for (let i = 0; i < STEPS_PER_RUN && (outcome === 'applied' || outcome === 'rolled back'); i++) outcome = await step(place, head);
  return outcome;
}

async function step(place: Place, head: Head): Promise<Outcome> {
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
async function lookBack(place: Place, cursor: Cursor, head: Head): Promise<Outcome> {
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
