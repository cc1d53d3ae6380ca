import 'server-only';
import type { PoolClient } from 'pg';
import { raiseAlert } from '@/lib/alerts/raise-alert';
import type { EthPrice } from '@/lib/chain/eth-price';
import { valueDeposit } from './value-deposit';

type Unpriced = { chain_id: number; block_hash: string; tx_hash: string; ordinal: number; amount: string; at: Date };

/**
 * Prices payments in ETH that were seen while the feed could not be believed, and gives those that wait for a person the rate they may be
 * credited at; while it still cannot, operators are told once a day.
 */
export async function priceDeposits(tx: PoolClient, chainId: number, price: EthPrice | null): Promise<void> {
  const { rows } = await tx.query<Unpriced>(
    `SELECT chain_id, block_hash, tx_hash, ordinal, amount, at FROM deposit
      WHERE chain_id = $1 AND asset = 'eth' AND millicredits IS NULL
        AND (state = 'seen' OR (state = 'unclaimed' AND unclaimed_because = 'unknown_payer')
             OR (state = 'unclaimed' AND unclaimed_because = 'too_large' AND eth_usd_cents IS NULL)) FOR UPDATE`,
    [chainId],
  );
  if (rows.length === 0) return;
  if (price) for (const row of rows) await priceDeposit(tx, row, price.usdCents);
  else await alertOperators(tx, chainId);
}

async function priceDeposit(tx: PoolClient, row: Unpriced, ethUsdCents: number): Promise<void> {
  const worth = valueDeposit({ asset: 'eth', amount: BigInt(row.amount), at: row.at }, null, ethUsdCents);
  const key = [row.chain_id, row.block_hash, row.tx_hash, row.ordinal];
  if (worth.kind === 'credits') {
    await tx.query(
      'UPDATE deposit SET millicredits = $5, eth_usd_cents = $6 WHERE chain_id = $1 AND block_hash = $2 AND tx_hash = $3 AND ordinal = $4',
      [...key, worth.millicredits, ethUsdCents],
    );
  } else if (worth.kind === 'never') {
    await tx.query(
      `UPDATE deposit SET state = 'unclaimed', unclaimed_because = $5, eth_usd_cents = $6
        WHERE chain_id = $1 AND block_hash = $2 AND tx_hash = $3 AND ordinal = $4`,
      [...key, worth.because, ethUsdCents],
    );
  }
}

async function alertOperators(tx: PoolClient, chainId: number): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  await raiseAlert(tx, {
    key: `eth_price_unavailable/${chainId}/${day}`,
    kind: 'eth_price_unavailable',
    text: 'Payments in ETH wait for a price: the feed does not answer or is too old, or none is set. Check ETH_USD_FEED and ETH_USD_MAX_AGE_SECONDS.',
    details: { chainId },
  });
}
