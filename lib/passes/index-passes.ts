import 'server-only';
import type { PoolClient } from 'pg';
import type { IndexedBlock } from '@/lib/chain/types';
import { derive, type Touched } from './derive';
import { readEvent } from './read-event';

/** Writes down what a block says of passes, and what follows from it. */
export async function applyPasses(tx: PoolClient, block: IndexedBlock): Promise<void> {
  const facts = block.logs.flatMap((log, position) => {
    const fact = readEvent(log);
    return fact ? [{ ...fact, collection: log.address, position, txHash: log.txHash, ordinal: log.ordinal }] : [];
  });
  if (facts.length === 0) return;
  await tx.query(
    `INSERT INTO pass_fact (chain_id, block_hash, block_number, at, tx_hash, ordinal, position, collection, tier_id, token_id, kind, data)
     SELECT $1, $2, $3, $4, * FROM unnest($5::text[], $6::int[], $7::int[], $8::text[], $9::int[], $10::bigint[], $11::text[], $12::jsonb[])`,
    [
      ...[block.chainId, block.hash, block.number, block.at],
      ...[facts.map((f) => f.txHash), facts.map((f) => f.ordinal), facts.map((f) => f.position), facts.map((f) => f.collection)],
      ...[facts.map((f) => f.tierId), facts.map((f) => f.tokenId), facts.map((f) => f.kind), facts.map((f) => JSON.stringify(f.data))],
    ],
  );
  await derive(tx, block.chainId, facts);
}

/** Takes back what blocks above `blockNumber` said. */
export async function undoPasses(tx: PoolClient, chainId: number, blockNumber: bigint): Promise<void> {
  const { rows } = await tx.query<{ collection: string; tier_id: number; token_id: string | null }>(
    'DELETE FROM pass_fact WHERE chain_id = $1 AND block_number > $2 RETURNING collection, tier_id, token_id',
    [chainId, blockNumber],
  );
  const touched: Touched = rows.map((row) => ({
    collection: row.collection,
    tierId: row.tier_id,
    tokenId: row.token_id === null ? null : BigInt(row.token_id),
  }));
  await derive(tx, chainId, touched);
}
