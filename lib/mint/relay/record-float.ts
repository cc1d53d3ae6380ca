import 'server-only';
import type { PoolClient } from 'pg';
import type { Hex, PublicClient } from 'viem';
import { raiseAlert } from '@/lib/alerts/raise-alert';
import { ASSET, openAccount } from '@/lib/credits/accounts';
import { derivedRef } from '@/lib/credits/derived-ref';
import { mustPost } from '@/lib/credits/post-transfer';
import { WEI_PER_GWEI } from '@/lib/credits/spend-float';
import { type Database, inTransaction } from '@/lib/db';
import { log } from '@/lib/log';

type Place = { client: PublicClient; chainId: number; confirmations: number };

/**
 * Takes into the books what ETH the relayer was given: what it has at the confirmed depth and what it has spent up to there, less what is
 * in the books already. Nobody has to report a top-up. ETH that left by another way than our transactions is an alert; operators book it by a
 * correction, which counts here, so that the next top-up is not taken for it.
 */
export async function recordFloat(db: Database, { client, chainId, confirmations }: Place): Promise<void> {
  const keys = await db.prisma.sealedKey.findMany({ where: { purpose: 'relayer' }, select: { id: true, address: true } });
  const blockNumber = (await client.getBlockNumber({ cacheTime: 0 })) - BigInt(confirmations);
  if (keys.length === 0 || blockNumber < 0n) return;
  if (!(await hasIndexed(db, chainId, blockNumber))) return;
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
    const booked = await bookedGwei(tx, float);
    const amount = haveGwei + BigInt(spent[0]?.gwei ?? 0) - (await returnedGwei(tx, chainId, blockNumber)) - (booked.given - booked.left);
    if (amount > 0n) {
      const ref = derivedRef('relayer given', chainId, `${booked.given}`);
      await mustPost(tx, { ref, debit: source, credit: float, amountMillicredits: amount, code: 'float_in' });
    }
    // While something is on its way, what the chain has taken for it may not be known here yet.
    if (amount < 0n && spent[0]?.unknown === 0) await alertOperators(tx, chainId, { ...booked, missing: -amount });
    return amount;
  });
  if (given > 0n) log.info({ gwei: given.toString() }, 'the relayer was given ETH');
}

/** What came back for passes is booked by the indexer, when it is: it is no top-up. Where nothing can come back, nobody waits for it. */
async function hasIndexed({ pool }: Database, chainId: number, blockNumber: bigint): Promise<boolean> {
  const { rows } = await pool.query<{ yes: boolean }>(
    `SELECT NOT EXISTS (SELECT 1 FROM pass_purchase WHERE chain_id = $1 AND state <> 'released')
         OR coalesce((SELECT max(number) FROM chain_block WHERE chain_id = $1) >= $2, false) AS yes`,
    [chainId, blockNumber],
  );
  return rows[0]?.yes ?? false;
}

/** What came back up to there, booked yet or not. */
async function returnedGwei(tx: PoolClient, chainId: number, blockNumber: bigint): Promise<bigint> {
  const { rows } = await tx.query<{ gwei: string }>(
    `SELECT coalesce(sum(floor(wei / 1e9)), 0)::bigint AS gwei FROM pass_payback WHERE chain_id = $1 AND block_number <= $2 AND state <> 'reversed'`,
    [chainId, blockNumber],
  );
  return BigInt(rows[0]?.gwei ?? 0);
}

type Booked = { given: bigint; left: bigint };

/** What the books say it was ever given, and what operators have booked as gone. */
async function bookedGwei(tx: PoolClient, float: bigint): Promise<Booked> {
  const { rows } = await tx.query<{ given: string; left: string }>(
    `SELECT (SELECT coalesce(sum(amount), 0) FROM ledger.transfer WHERE credit_id = $1 AND code NOT IN ('run_fee', 'float_back')) AS given,
            (SELECT coalesce(sum(amount), 0) FROM ledger.transfer WHERE debit_id = $1 AND code = 'correction') AS left`,
    [float],
  );
  return { given: BigInt(rows[0]?.given ?? 0), left: BigInt(rows[0]?.left ?? 0) };
}

async function alertOperators(tx: PoolClient, chainId: number, { given, left, missing }: Booked & { missing: bigint }): Promise<void> {
  await raiseAlert(tx, {
    key: `relayer_eth_left/${chainId}/${given}/${left}/${missing}`,
    kind: 'relayer_eth_left',
    text:
      `The relayer has ${missing} gwei less than the books say: ETH left by another way than our transactions. See whether its key is in other hands, ` +
      'then book it on the page Corrections, from “ETH of the relayer” to “where that ETH comes from and goes”.',
    details: { chainId, gwei: `${missing}` },
  });
}
