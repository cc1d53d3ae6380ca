import type { PoolClient } from 'pg';
import { ASSET, openAccount } from './accounts';
import { derivedRef } from './derived-ref';
import { mustPost, postTransfer } from './post-transfer';

export const WEI_PER_GWEI = 10n ** 9n;

/** A transaction of ours that has ended (lib/chain/sender). */
type Spent = { id: string; keyId: string; gasWei: bigint; valueWei: bigint };

const floatAccount = (tx: PoolClient) => openAccount(tx, 'relayer_float', 'house', { asset: ASSET.gwei });
const spentAccount = (tx: PoolClient) => openAccount(tx, 'gas_spent', 'house', { asset: ASSET.gwei });

/** Writes what a transaction of the relayer has cost, rounded up to gwei, into the books of its ETH. Transactions of other keys are not its. */
export async function spendFloat(tx: PoolClient, { id, keyId, gasWei, valueWei }: Spent): Promise<void> {
  const amount = (gasWei + valueWei + WEI_PER_GWEI - 1n) / WEI_PER_GWEI;
  const { rows } = await tx.query(`SELECT 1 FROM sealed_key WHERE id = $1 AND purpose = 'relayer'`, [keyId]);
  if (amount === 0n || rows.length === 0) return;
  const [debit, credit] = [await floatAccount(tx), await spentAccount(tx)];
  await mustPost(tx, { ref: derivedRef('relayer spent', id), debit, credit, amountMillicredits: amount, code: 'gas' });
}

/** Of what it had spent, wei came back; or, undone by the chain, did not. `ref` is of that one time. Returns whether the books had it. */
export async function returnFloat(tx: PoolClient, { ref, wei, undone = false }: { ref: string; wei: bigint; undone?: boolean }): Promise<boolean> {
  const amount = wei / WEI_PER_GWEI;
  if (amount === 0n) return true;
  const [float, spent] = [await floatAccount(tx), await spentAccount(tx)];
  const [debit, credit] = undone ? [float, spent] : [spent, float];
  return (
    (await postTransfer(tx, { ref: derivedRef('relayer returned', ref), debit, credit, amountMillicredits: amount, code: 'float_back' })) !==
    'insufficient'
  );
}
