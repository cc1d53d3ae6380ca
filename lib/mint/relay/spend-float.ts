import type { PoolClient } from 'pg';
import type { Settlement } from '@/lib/chain/sender/types';
import { ASSET, openAccount } from '@/lib/credits/accounts';
import { derivedRef } from '@/lib/credits/derived-ref';
import { mustPost } from '@/lib/credits/post-transfer';

export const WEI_PER_GWEI = 10n ** 9n;

/** Writes what a transaction of the relayer has cost, rounded up to gwei, into the books of its ETH. Transactions of other keys are not its. */
export async function spendFloat(tx: PoolClient, { id, keyId, gasWei, valueWei }: Settlement): Promise<void> {
  const amount = (gasWei + valueWei + WEI_PER_GWEI - 1n) / WEI_PER_GWEI;
  const { rows } = await tx.query(`SELECT 1 FROM sealed_key WHERE id = $1 AND purpose = 'relayer'`, [keyId]);
  if (amount === 0n || rows.length === 0) return;
  const debit = await openAccount(tx, 'relayer_float', 'house', { asset: ASSET.gwei });
  const credit = await openAccount(tx, 'gas_spent', 'house', { asset: ASSET.gwei });
  await mustPost(tx, { ref: derivedRef('relayer spent', id), debit, credit, amountMillicredits: amount, code: 'gas' });
}
