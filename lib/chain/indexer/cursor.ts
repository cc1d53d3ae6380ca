import type { Pool, PoolClient } from 'pg';
import type { Hex } from 'viem';
import { inTransaction } from '@/lib/db';
import type { IndexedBlock } from '../types';

export type Cursor = { number: bigint; hash: Hex };

/** Blocks kept to find a fork in: a day of Ethereum is 7,200. A fork below them undoes everything on the local chain, halts on others. */
const BLOCKS_KEPT = 10_000;

/** The newest block applied, or null before the first. */
export async function readCursor(db: Pool | PoolClient, chainId: number): Promise<Cursor | null> {
  return (await readBlocks(db, chainId, null, 1))[0] ?? null;
}

/** Applied blocks, newest first, at or below `upTo` (null: from the newest). */
export async function readBlocks(db: Pool | PoolClient, chainId: number, upTo: bigint | null, limit: number): Promise<Cursor[]> {
  const { rows } = await db.query<{ number: string; hash: Hex }>(
    'SELECT number, hash FROM chain_block WHERE chain_id = $1 AND ($2::bigint IS NULL OR number <= $2) ORDER BY number DESC LIMIT $3',
    [chainId, upTo, limit],
  );
  return rows.map((row) => ({ number: BigInt(row.number), hash: row.hash }));
}

/** Moves the cursor over one block. */
export async function writeBlock(tx: PoolClient, block: IndexedBlock): Promise<void> {
  await tx.query('INSERT INTO chain_block (chain_id, number, hash, parent_hash, at) VALUES ($1, $2, $3, $4, $5)', [
    block.chainId,
    block.number,
    block.hash,
    block.parentHash,
    block.at,
  ]);
}

/** Moves the cursor back to `number`; below the first kept block there is none. */
export async function dropBlocksAbove(tx: PoolClient, chainId: number, number: bigint): Promise<void> {
  await tx.query('DELETE FROM chain_block WHERE chain_id = $1 AND number > $2', [chainId, number]);
}

/** Forgets blocks too deep to matter. */
export async function pruneBlocks(tx: PoolClient, chainId: number, headNumber: bigint): Promise<void> {
  await tx.query('DELETE FROM chain_block WHERE chain_id = $1 AND number < $2', [chainId, headNumber - BigInt(BLOCKS_KEPT)]);
}

/**
 * Runs `work` in a transaction that holds the indexer's lock, if the cursor still is the one that was read: two processes may read the
 * same blocks, one of them applies them. Returns whether `work` ran.
 */
export async function withCursor(pool: Pool, chainId: number, expected: Cursor | null, work: (tx: PoolClient) => Promise<void>): Promise<boolean> {
  return inTransaction(pool, async (tx) => {
    const ours = (await tryLock(tx, chainId)) && (await readCursor(tx, chainId))?.hash === expected?.hash;
    if (ours) await work(tx);
    return ours;
  });
}

async function tryLock(tx: PoolClient, chainId: number): Promise<boolean> {
  const { rows } = await tx.query<{ locked: boolean }>('SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked', [
    `intaglio indexer ${chainId}`,
  ]);
  return rows[0]?.locked === true;
}

/**
 * Runs `work` in a transaction that holds the indexer's lock, if the indexer stands at least `depth` blocks above this one, has it, and is not halted: for
 * facts that were read from the chain elsewhere. Whatever `work` writes of the block is there before the indexer can take the block back, so that `undo`
 * finds it. A block below those that are kept is too deep to be taken back one by one: its hash is the caller's word. Returns whether `work` ran.
 */
export async function withIndexedBlock(
  pool: Pool,
  { chainId, number, hash }: Cursor & { chainId: number },
  depth: number,
  work: (tx: PoolClient) => Promise<void>,
): Promise<boolean> {
  return inTransaction(pool, async (tx) => {
    if (!(await tryLock(tx, chainId))) return false;
    const { rowCount } = await tx.query(
      `SELECT 1 FROM (SELECT min(number) AS oldest, max(number) AS newest FROM chain_block WHERE chain_id = $1) k
        WHERE k.newest >= $2 + $4::int AND (k.oldest > $2 OR EXISTS (SELECT 1 FROM chain_block b WHERE b.chain_id = $1 AND b.number = $2 AND b.hash = $3))
          AND NOT EXISTS (SELECT 1 FROM chain_halt WHERE chain_id = $1)`,
      [chainId, number, hash, depth],
    );
    if (rowCount) await work(tx);
    return Boolean(rowCount);
  });
}
