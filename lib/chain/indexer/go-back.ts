import 'server-only';
import type { PoolClient } from 'pg';
import { log } from '@/lib/log';
import { smaller } from '@/lib/money';
import { type Cursor, dropBlocksAbove, readBlocks, withCursor } from './cursor';
import { findFork } from './find-fork';
import { type Halt, liftHalt, writeHalt } from './halt';
import type { Head, Outcome, Place } from './place';

/** The cursor is not on the chain, or above its head: back to the block both have. */
export async function lookBack(place: Place, cursor: Cursor, head: Head): Promise<Outcome> {
  const { db, client, chainId, handlers, confirmations, embedded } = place;
  if (!embedded && head.number < cursor.number) {
    // A provider's nodes do not all have the newest block: an older head on the same chain is not a fork.
    const [atHead] = await readBlocks(db.pool, chainId, head.number, 1);
    if (atHead?.hash === head.hash) return 'busy';
  }
  const fork = await findFork(client, db.pool, chainId, head.number);
  const keptUpTo = fork?.number ?? -1n;
  const depth = cursor.number - keptUpTo;
  if (!embedded && depth > BigInt(confirmations)) {
    const halted = await withCursor(db.pool, chainId, cursor, async (tx) => {
      for (const handler of handlers.toReversed()) await handler.compensate?.(tx, chainId, keptUpTo);
      await writeHalt(tx, { chainId, forkNumber: keptUpTo, depth, confirmations });
    });
    return halted ? 'halted' : 'busy';
  }
  const moved = await withCursor(db.pool, chainId, cursor, (tx) => goBack(place, tx, keptUpTo));
  if (moved) {
    const what = embedded ? 'the local chain came back without its last blocks; the database went back with it' : 'reorg: went back to the fork';
    log.warn({ chainId, blocksUndone: Number(depth), keptUpTo: Number(keptUpTo), head: Number(head.number) }, what);
  }
  return moved ? 'rolled back' : 'busy';
}

/** An operator has looked at the fork that stopped everything: back to it, or to a deeper one if the chain moved again. */
export async function resume(place: Place, cursor: Cursor, head: Head, halt: Halt): Promise<Outcome> {
  const { db, client, chainId } = place;
  const fork = await findFork(client, db.pool, chainId, head.number);
  const keptUpTo = smaller(fork?.number ?? -1n, halt.forkNumber);
  const moved = await withCursor(db.pool, chainId, cursor, async (tx) => {
    await goBack(place, tx, keptUpTo);
    await liftHalt(tx, chainId);
  });
  if (moved) log.warn({ chainId, keptUpTo: Number(keptUpTo), head: Number(head.number) }, 'the fork was acknowledged: went back to it, and go on');
  return moved ? 'rolled back' : 'busy';
}

async function goBack({ handlers, chainId }: Place, tx: PoolClient, keptUpTo: bigint): Promise<void> {
  for (const handler of handlers.toReversed()) await handler.undo(tx, chainId, keptUpTo);
  await dropBlocksAbove(tx, chainId, keptUpTo);
}
