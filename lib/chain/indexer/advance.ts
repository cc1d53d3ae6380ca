import 'server-only';
import type { PoolClient } from 'pg';
import type { Hex } from 'viem';
import type { ChainHandler, ChainLog, IndexedBlock, Postings } from '../types';
import { pruneBlocks, readCursor, withCursor, writeBlock } from './cursor';
import { fetchBlocks } from './fetch-blocks';
import { lookBack, resume } from './go-back';
import { readHalt } from './halt';
import type { Head, Outcome, Place } from './place';

const BLOCKS_PER_STEP = 50;
const STEPS_PER_RUN = 40;

type Share = { block: IndexedBlock; logsOf: Map<ChainHandler, ChainLog[]> };

/** Takes steps towards `head` until there, or for a while. Throws ChainMoved when the chain changed under its hands. */
export async function advance(place: Place, head: Head): Promise<Outcome> {
  let outcome: Outcome = 'applied';
  for (let i = 0; i < STEPS_PER_RUN && (outcome === 'applied' || outcome === 'rolled back'); i++) outcome = await step(place, head);
  return outcome;
}

async function step(place: Place, head: Head): Promise<Outcome> {
  const { db, client, chainId, handlers } = place;
  const [halt, cursor] = await Promise.all([readHalt(db.pool, chainId), readCursor(db.pool, chainId)]);
  if (halt) return cursor && halt.isAcknowledged ? resume(place, cursor, head, halt) : 'halted';
  if (cursor && head.number <= cursor.number) return cursor.hash === head.hash ? 'up to date' : lookBack(place, cursor, head);

  const from = cursor ? cursor.number + 1n : place.startBlock;
  if (from > head.number) return 'up to date';
  const last = from + BigInt(BLOCKS_PER_STEP) - 1n;
  const wanted = await Promise.all(handlers.map(async (handler) => [handler, new Set(await handler.addresses(db, chainId))] as const));
  const addresses = [...new Set(wanted.flatMap(([, set]) => [...set]))];
  const blocks = await fetchBlocks(client, chainId, from, last < head.number ? last : head.number, addresses);
  if (cursor && blocks[0]?.parentHash !== cursor.hash) return lookBack(place, cursor, head);
  const shares = await Promise.all(blocks.map((block) => share(place, block, wanted)));
  for (const handler of handlers) await handler.prepare?.(client, chainId);
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

async function apply({ chainId, handlers }: Place, shares: Share[], tx: PoolClient): Promise<void> {
  for (const { block, logsOf } of shares) {
    for (const [handler, logs] of logsOf) await handler.apply(tx, { ...block, logs });
    await writeBlock(tx, block);
  }
  const headNumber = shares.at(-1)?.block.number ?? 0n;
  await settle(handlers, tx, chainId, headNumber);
  await pruneBlocks(tx, chainId, headNumber);
}

async function settle(handlers: ChainHandler[], tx: PoolClient, chainId: number, headNumber: bigint): Promise<void> {
  const postings: Postings[] = [];
  for (const handler of handlers) postings.push(...[(await handler.settle?.(tx, chainId, headNumber)) ?? []].flat());
  if (postings.length === 0) return;
  const [owners, accounts] = [postings.flatMap((one) => one.owners), postings.flatMap((one) => one.accounts)];
  await tx.query('SELECT ledger.lock_collectors($1, $2)', [owners, accounts]);
  for (const { post } of postings) await post();
}
