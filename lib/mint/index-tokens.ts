import 'server-only';
import type { PoolClient } from 'pg';
import { type Hex, toHex, zeroAddress } from 'viem';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { decodeLog } from '@/lib/chain/decode-log';
import type { ChainLog, IndexedBlock } from '@/lib/chain/types';
import { log } from '@/lib/log';
import { receiptDigest } from '@/lib/protocol/receipt';
import { decodeRecord } from '@/lib/protocol/record-bytes';

type Moved = { log: ChainLog; tokenId: Hex; from: string; to: string };

const idHex = (tokenId: bigint) => toHex(tokenId, { size: 32 });

/** Writes the mints and transfers of a block. */
export async function applyTokens(tx: PoolClient, block: IndexedBlock): Promise<void> {
  const events = block.logs.map((entry) => ({ entry, event: decodeLog(workCollectionAbi, entry) }));
  const moves: Moved[] = events.flatMap(({ entry, event }) => {
    if (event?.eventName !== 'Transfer') return [];
    return [{ log: entry, tokenId: idHex(event.args.id), from: event.args.from.toLowerCase(), to: event.args.to.toLowerCase() }];
  });
  // A mint logs its transfer first; the transfer's row needs the token's.
  for (const { entry, event } of events) {
    if (event?.eventName !== 'Minted') continue;
    const tokenId = idHex(event.args.tokenId);
    const minted = moves.find((move) => move.from === zeroAddress && move.tokenId === tokenId && move.log.address === entry.address);
    const record = events.find((other) => other.event?.eventName === 'AigcData' && idHex(other.event.args.tokenId) === tokenId)?.event;
    if (!minted || record?.eventName !== 'AigcData') continue;
    const receipt = receiptDigest(block.chainId, entry.address, decodeRecord(record.args.aigcData).receipt);
    await insertToken(tx, block, entry, { tokenId, receipt, content: event.args.content, to: minted.to });
  }
  for (const move of moves) await moveToken(tx, block, move);
}

type Mint = { tokenId: Hex; receipt: Hex; content: Hex; to: string };

async function insertToken(tx: PoolClient, block: IndexedBlock, { address, txHash }: ChainLog, mint: Mint): Promise<void> {
  await tx.query(
    `INSERT INTO token (chain_id, collection, token_id, receipt_digest, content, minter, owner, block_number, block_hash, tx_hash, minted_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10)`,
    [block.chainId, address, mint.tokenId, mint.receipt, mint.content, mint.to, block.number, block.hash, txHash, block.at],
  );
}

async function moveToken(tx: PoolClient, block: IndexedBlock, { log: { address, txHash, ordinal }, tokenId, from, to }: Moved): Promise<void> {
  const { rowCount } = await tx.query('UPDATE token SET owner = $4 WHERE chain_id = $1 AND collection = $2 AND token_id = $3', [
    block.chainId,
    address,
    tokenId,
    to,
  ]);
  if (rowCount === 0) {
    log.error({ collection: address, tokenId, txHash }, 'a token moved whose mint was never seen: index this chain from its start');
    return;
  }
  await tx.query(
    `INSERT INTO token_transfer (chain_id, block_hash, tx_hash, ordinal, block_number, collection, token_id, "from", "to", at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [block.chainId, block.hash, txHash, ordinal, block.number, address, tokenId, from, to, block.at],
  );
}

/**
 * Forgets mints and transfers above `blockNumber`. Who owns a token then is the one address that received it once more than it gave it
 * away, which needs no order among transfers of one block.
 */
export async function undoTokens(tx: PoolClient, chainId: number, blockNumber: bigint): Promise<void> {
  await tx.query('DELETE FROM token WHERE chain_id = $1 AND block_number > $2', [chainId, blockNumber]);
  await tx.query(
    `WITH undone AS (
       DELETE FROM token_transfer WHERE chain_id = $1 AND block_number > $2 RETURNING collection, token_id),
     steps AS (
       SELECT t.collection, t.token_id, s.address, s.change
         FROM token_transfer t, LATERAL (VALUES (t."to", 1), (t."from", -1)) s(address, change)
        WHERE t.chain_id = $1 AND t.block_number <= $2 AND (t.collection, t.token_id) IN (SELECT collection, token_id FROM undone)),
     owners AS (
       SELECT collection, token_id, address FROM steps GROUP BY collection, token_id, address HAVING sum(change) = 1)
     UPDATE token t SET owner = o.address FROM owners o WHERE t.chain_id = $1 AND t.collection = o.collection AND t.token_id = o.token_id`,
    [chainId, blockNumber],
  );
}
