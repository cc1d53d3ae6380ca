import 'server-only';
import type { Hex, PublicClient } from 'viem';
import { ASSET, openAccount } from '@/lib/credits/accounts';
import { derivedRef } from '@/lib/credits/derived-ref';
import { mustPost } from '@/lib/credits/post-transfer';
import { type Database, inTransaction } from '@/lib/db';
import { log } from '@/lib/log';
import { WEI_PER_GWEI } from './spend-float';

type Place = { client: PublicClient; chainId: number; confirmations: number };

/**
 * Takes into the books what ETH the relayer was given: what it has at the confirmed depth and what it has spent up to there, less what is
 * in the books already. Nobody has to report a top-up. ETH that left by another way shows as a difference, which is logged.
 */
export async function recordFloat(db: Database, { client, chainId, confirmations }: Place): Promise<void> {
  const keys = await db.prisma.sealedKey.findMany({ where: { purpose: 'relayer' }, select: { id: true, address: true } });
  const blockNumber = (await client.getBlockNumber({ cacheTime: 0 })) - BigInt(confirmations);
  if (keys.length === 0 || blockNumber < 0n) return;
  const balances = await Promise.all(keys.map(({ address }) => client.getBalance({ address: address as Hex, blockNumber })));
  const haveGwei = balances.reduce((sum, wei) => sum + wei / WEI_PER_GWEI, 0n);
  const given = await inTransaction(db.pool, async (tx) => {
    const { rows: spent } = await tx.query<{ gwei: string; unknown: number }>(
      `SELECT coalesce(sum(ceil(cost_wei / 1e9)) FILTER (WHERE block_number <= $3), 0)::bigint AS gwei,
              count(*) FILTER (WHERE state = 'sent')::int AS unknown
         FROM chain_transaction WHERE chain_id = $1 AND key_id = ANY ($2)`,
      [chainId, keys.map(({ id }) => id), blockNumber],
    );
    const source = await openAccount(tx, 'float_source', 'house', { asset: ASSET.gwei });
    const float = await openAccount(tx, 'relayer_float', 'house', { asset: ASSET.gwei });
    await tx.query('SELECT ledger.lock_accounts($1)', [[source, float]]);
    const { rows: booked } = await tx.query<{ gwei: string }>(
      `SELECT coalesce(sum(amount), 0)::bigint AS gwei FROM ledger.transfer WHERE credit_id = $1 AND code <> 'run_fee'`,
      [float],
    );
    const amount = haveGwei + BigInt(spent[0]?.gwei ?? 0) - BigInt(booked[0]?.gwei ?? 0);
    if (amount > 0n) {
      const ref = derivedRef('relayer given', chainId, booked[0]?.gwei ?? '0');
      await mustPost(tx, { ref, debit: source, credit: float, amountMillicredits: amount, code: 'float_in' });
    }
    // While something is on its way, what the chain has taken for it may not be known here yet.
    return spent[0]?.unknown === 0 || amount > 0n ? amount : 0n;
  });
  if (given > 0n) log.info({ gwei: given.toString() }, 'the relayer was given ETH');
  if (given < 0n)
    log.error({ gwei: (-given).toString() }, 'the relayer has less ETH than the books say: it left by another way than our transactions');
}
