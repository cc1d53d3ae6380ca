import { parseEther } from 'viem';
import type { Actor } from '@/lib/actor';
import { createSender } from '@/lib/chain/sender/create-sender';
import { testChain } from '@/lib/chain/testing/env-chain';
import { ASSET, balanceOf, openAccount } from '@/lib/credits/accounts';
import { creditCollector } from '@/lib/credits/credit-collector';
import { type Database, inTransaction } from '@/lib/db';
import { newId } from '@/lib/ids';
import { houseKey } from '@/lib/keys/sealed-keys';
import { recordFloat } from '../relay/record-float';
import { settlementHandlers } from '../relay/settle-relay';

export const CONFIRMATIONS = 3;

/** Credits as a deposit at the till gives them: they cannot be charged back. */
export async function giveFinalCredits({ pool }: Database, { userId }: Actor, amountMillicredits: bigint): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const debit = await openAccount(tx, 'till_clearing', 'house');
    await creditCollector(tx, { ref: newId(), userId, bucket: 'onchain', debit, amountMillicredits, code: 'deposit' });
  });
}

/** Gives the relayer ETH, which the books find by themselves at the confirmed depth. */
export async function fundRelayer(db: Database): Promise<void> {
  const { signer } = await houseKey(db, 'relayer');
  await testChain.test.setBalance({ address: signer.address, value: parseEther('10') });
  await testChain.mine(CONFIRMATIONS + 1);
  await bookFloat(db);
}

export const bookFloat = (db: Database) => recordFloat(db, { client: testChain.client, chainId: 31_337, confirmations: CONFIRMATIONS });

/** Gwei in an account of the relayer's ETH. */
export async function gweiOf({ pool }: Database, kind: 'relayer_float' | 'gas_spent'): Promise<bigint> {
  return (await balanceOf(pool, await openAccount(pool, kind, 'house', { asset: ASSET.gwei }))).posted;
}

/** A turn of the sender that looks at everything that is open, as if its time had come. */
export function createTurns(db: Database): () => Promise<void> {
  const sender = createSender({ handlers: settlementHandlers });
  return async () => {
    await db.pool.query(`UPDATE chain_transaction SET look_at = now() WHERE state IN ('queued', 'sent', 'mined')`);
    await sender.run(db);
  };
}
