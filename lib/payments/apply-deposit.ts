import 'server-only';
import type { PoolClient } from 'pg';
import { tillAbi } from '@/lib/chain/abi/till';
import { decodeLog } from '@/lib/chain/decode-log';
import type { ChainLog, IndexedBlock } from '@/lib/chain/types';
import { type QuotedDeposit, valueDeposit } from './value-deposit';

type Owner = { userId: string | null; quote: QuotedDeposit | null };

/**
 * Writes the payments of a block. A payment belongs to the account its memo names, else to the account of the address that paid, else to
 * nobody yet (`unclaimed`). A payment that a reorg had taken back and that is on the chain again becomes `seen` again.
 */
export async function applyDeposits(tx: PoolClient, block: IndexedBlock, ethUsdCents: number): Promise<void> {
  for (const log of block.logs) await applyDeposit(tx, block, log, ethUsdCents);
}

async function applyDeposit(tx: PoolClient, block: IndexedBlock, log: ChainLog, ethUsdCents: number): Promise<void> {
  const event = decodeLog(tillAbi, log);
  if (event?.eventName !== 'Deposited') return;
  const { payer, memo, amount } = event.args;
  const { userId, quote } = await ownerOf(tx, memo, payer.toLowerCase());
  const millicredits = valueDeposit({ amountWei: amount, at: block.at }, quote, ethUsdCents);
  await tx.query(
    `INSERT INTO deposit (chain_id, block_hash, tx_hash, ordinal, block_number, payer, memo, amount_wei, state, user_id, millicredits, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     ON CONFLICT (chain_id, block_hash, tx_hash, ordinal) DO UPDATE
       SET state = EXCLUDED.state, user_id = EXCLUDED.user_id, millicredits = EXCLUDED.millicredits, credited_at = NULL
       WHERE deposit.state = 'reversed'`,
    [
      block.chainId,
      block.hash,
      log.txHash,
      log.ordinal,
      block.number,
      payer.toLowerCase(),
      memo,
      amount.toString(),
      userId === null ? 'unclaimed' : 'seen',
      userId,
      millicredits,
      block.at,
    ],
  );
}

async function ownerOf(tx: PoolClient, memo: string, payer: string): Promise<Owner> {
  type QuoteRow = { user_id: string; millicredits: string; amount_wei: string; expires_at: Date };
  const quoted = await tx.query<QuoteRow>('SELECT user_id, millicredits, amount_wei, expires_at FROM deposit_quote WHERE memo = $1', [memo]);
  const row = quoted.rows[0];
  if (row) {
    const quote = { millicredits: BigInt(row.millicredits), amountWei: BigInt(row.amount_wei), expiresAt: row.expires_at };
    return { userId: row.user_id, quote };
  }
  const known = await tx.query<{ id: string }>('SELECT id FROM "user" WHERE address = $1', [payer]);
  return { userId: known.rows[0]?.id ?? null, quote: null };
}
