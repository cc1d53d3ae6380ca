import { type Hex, type PublicClient, type TransactionReceipt, TransactionReceiptNotFoundError } from 'viem';
import type { Place } from './place';
import type { Attempt, TransactionRow } from './rows';

/** What the chain did with one of the attempts: at most one can be mined, for they share a nonce. */
export type Mined = { attempt: Attempt; receipt: TransactionReceipt };

export async function findMined(client: PublicClient, attempts: Attempt[]): Promise<Mined | null> {
  const receipts = await Promise.all(attempts.map(({ hash }) => receiptOf(client, hash)));
  return attempts.flatMap((attempt, i) => (receipts[i] ? [{ attempt, receipt: receipts[i] }] : []))[0] ?? null;
}

async function receiptOf(client: PublicClient, hash: Hex): Promise<TransactionReceipt | null> {
  try {
    return await client.getTransactionReceipt({ hash });
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return null;
    throw error;
  }
}

/** Rollups add the price of their data (`l1Fee`), which viem leaves as the node wrote it. */
export function gasPaid(receipt: TransactionReceipt): bigint {
  const { l1Fee } = receipt as { l1Fee?: Hex | null };
  return receipt.gasUsed * receipt.effectiveGasPrice + BigInt(l1Fee ?? 0);
}

/** Writes where it was mined; again when a reorg has put it elsewhere. */
export async function markMined({ db }: Place, row: TransactionRow, { attempt, receipt }: Mined): Promise<void> {
  const succeeded = receipt.status === 'success';
  const costWei = gasPaid(receipt) + (succeeded && attempt.kind === 'call' ? row.call.valueWei : 0n);
  await db.pool.query(
    `UPDATE chain_transaction SET state = 'mined', tx_hash = $2, block_number = $3, block_hash = $4, succeeded = $5, cost_wei = $6
      WHERE id = $1 AND state IN ('sent', 'mined')`,
    [row.id, receipt.transactionHash, receipt.blockNumber, receipt.blockHash, succeeded, costWei],
  );
}
