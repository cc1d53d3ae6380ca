import 'server-only';
import type { PoolClient } from 'pg';
import { withIndexedBlock } from '@/lib/chain/indexer/cursor';
import { openAccount } from '@/lib/credits/accounts';
import { derivedRef } from '@/lib/credits/derived-ref';
import { mustPost } from '@/lib/credits/post-transfer';
import type { Database } from '@/lib/db';
import { platformFeeAccount } from '@/lib/generations/start-generations';
import { lotOfDeposit } from '@/lib/payments/lot-of-deposit';
import type { Place } from './look-at-chain';
import type { OpenPayment } from './open-payments';
import { UNITS_PER_MILLICREDIT } from './terms';

type Locked = { is_due: boolean; is_under_way: boolean; delivery: object | null; is_known: boolean };

/**
 * Books money that has come, once its block is `depth` deep in the indexer's books. Where a delivered run waits for it, the deposit, its hold and the
 * capture are this one transaction; the money goes to that run, whatever else its payer has or owes. Where the run has ended it is the payer's, as any
 * deposit is, and lib/payments credits it. A run that is still under way leaves it for later. Returns whether it is booked now.
 */
export async function creditPayment(db: Database, payment: OpenPayment, place: Place, depth: number): Promise<boolean> {
  const platform = await platformFeeAccount(db);
  const { chainId } = payment;
  let isBooked = false;
  await withIndexedBlock(db.pool, { chainId, number: place.blockNumber, hash: place.blockHash }, depth, async (tx) => {
    const run = await lock(tx, payment);
    isBooked = run.is_known;
    if (run.is_known || run.is_under_way) return;
    await writeDeposit(tx, payment, place);
    if (run.is_due) await capture(tx, payment, { place, platform, delivery: run.delivery });
    isBooked = true;
  });
  return isBooked;
}

/** The run first, as everywhere. */
async function lock(tx: PoolClient, { id, generationId }: OpenPayment): Promise<Locked> {
  await tx.query('SELECT 1 FROM generation WHERE id = $1 FOR NO KEY UPDATE', [generationId]);
  const { rows } = await tx.query<Locked>(
    `SELECT g.state = 'running' AND g.delivered_at IS NOT NULL AND g.deadline_at > now() AS is_due,
            g.state IN ('held', 'running') AND (g.delivered_at IS NULL OR g.deadline_at <= now()) AS is_under_way, p.delivery,
            EXISTS (SELECT 1 FROM deposit d WHERE d.x402_payment_id = p.id AND d.state <> 'reversed') AS is_known
       FROM x402_payment p JOIN generation g ON g.x402_payment_id = p.id WHERE p.id = $1 FOR NO KEY UPDATE OF p`,
    [id],
  );
  if (!rows[0]) throw new Error(`payment ${id} has no run`);
  return rows[0];
}

const millicreditsOf = ({ amount }: OpenPayment) => amount / UNITS_PER_MILLICREDIT;

/** As a payment that lib/payments has seen. One that a reorg took back may be there again, in the same block. */
async function writeDeposit(tx: PoolClient, payment: OpenPayment, place: Place): Promise<void> {
  await tx.query(
    `INSERT INTO deposit (chain_id, block_hash, tx_hash, ordinal, block_number, at, payer, memo, asset, token, amount, state, user_id, millicredits, x402_payment_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'usdc', $9, $10, 'seen', $11, $12, $13)
     ON CONFLICT (chain_id, block_hash, tx_hash, ordinal) DO UPDATE SET state = 'seen', credited_at = NULL WHERE deposit.state = 'reversed'`,
    [
      ...[payment.chainId, place.blockHash, place.txHash, place.ordinal, place.blockNumber, place.at],
      ...[payment.payer, payment.nonce, payment.asset, payment.amount.toString(), payment.userId, millicreditsOf(payment), payment.id],
    ],
  );
}

type Capture = { place: Place; platform: bigint; delivery: object | null };

async function capture(tx: PoolClient, payment: OpenPayment, { place, platform, delivery }: Capture): Promise<void> {
  const amountMillicredits = millicreditsOf(payment);
  const { userId, generationId, chainId } = payment;
  const ref = derivedRef('deposit', chainId, place.blockHash, place.txHash, place.ordinal, '');
  const [debit, credit] = [
    await openAccount(tx, 'till_clearing', 'house'),
    await openAccount(tx, 'collector_onchain', userId, { sub: lotOfDeposit({ ref, userId, millicredits: amountMillicredits }) }),
  ];
  await mustPost(tx, { ref, debit, credit, amountMillicredits, code: 'deposit' });
  await tx.query(`UPDATE deposit SET state = 'credited', credited_at = now(), transfer_ref = $2 WHERE x402_payment_id = $1 AND state = 'seen'`, [
    payment.id,
    ref,
  ]);
  await tx.query('SELECT ledger.hold_lot($1, $2, $3)', [generationId, credit, amountMillicredits]);
  const { rows } = await tx.query<{ outcome: string }>('SELECT outcome FROM generation_capture_set($1, $2)', [JSON.stringify([delivery]), platform]);
  if (rows[0]?.outcome !== 'captured') throw new Error(`run ${generationId} is ${rows[0]?.outcome}, and its payment has come`);
}
