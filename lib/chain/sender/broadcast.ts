import { withoutUrl } from '../chain-error';
import type { Place } from './place';
import type { Attempt, TransactionRow } from './rows';

/**
 * Gives an attempt's bytes to the node. Whatever it answers, or does not, decides nothing: the same bytes can be given again, and only the
 * chain says what became of them.
 */
export async function broadcast({ db, client, alerts }: Place, row: TransactionRow, attempt: Attempt): Promise<void> {
  let answer: string | null = null;
  try {
    // viem would send it again by itself when no answer comes; here the chain is looked at first.
    await client.request({ method: 'eth_sendRawTransaction', params: [attempt.raw] }, { retryCount: 0 });
  } catch (error) {
    answer = withoutUrl(error).message.slice(0, 300);
    if (/insufficient funds/i.test(answer)) await alerts('key_unfunded', row.keyId, { answer });
  }
  await db.pool.query(
    'UPDATE chain_attempt SET broadcast_at = now(), broadcasts = broadcasts + 1, answer = $3 WHERE transaction_id = $1 AND number = $2',
    [row.id, attempt.number, answer],
  );
}
