import 'server-only';
import type { PoolClient } from 'pg';
import type { Hex } from 'viem';
import { tillAbi } from '@/lib/chain/abi/till';
import { decodeLog } from '@/lib/chain/decode-log';
import type { ChainLog, IndexedBlock } from '@/lib/chain/types';
import { assetOf, type DepositTerms } from './deposit-terms';
import type { DepositAsset } from './schema';
import { type QuotedDeposit, valueDeposit, type Worth } from './value-deposit';

type Payment = { payer: string; memo: string; token: Hex | null; amount: bigint };
type Owner = { userId: string | null; quote: QuotedDeposit | null };

/**
 * Writes the payments of a block. A payment belongs to the account its memo names, else to the account of the address that paid, else to
 * nobody yet (`unclaimed`). What no rule prices is `unclaimed`, too. A payment that a reorg had taken back and that is on the chain again
 * becomes `seen` again.
 */
export async function applyDeposits(tx: PoolClient, block: IndexedBlock, terms: DepositTerms): Promise<void> {
  for (const log of block.logs) {
    const payment = paymentOf(log);
    if (payment) await applyDeposit(tx, { block, log, payment, terms });
  }
}

function paymentOf(log: ChainLog): Payment | null {
  const event = decodeLog(tillAbi, log);
  if (event?.eventName !== 'Deposited' && event?.eventName !== 'TokenDeposited') return null;
  const { payer, memo, amount } = event.args;
  const token = event.eventName === 'TokenDeposited' ? (event.args.token.toLowerCase() as Hex) : null;
  return { payer: payer.toLowerCase(), memo, token, amount };
}

type Seen = { block: IndexedBlock; log: ChainLog; payment: Payment; terms: DepositTerms };

async function applyDeposit(tx: PoolClient, { block, log, payment, terms }: Seen): Promise<void> {
  if (await followRefund(tx, block, log)) return;
  const { payer, memo, token, amount } = payment;
  const { userId, quote } = await ownerOf(tx, payment, log);
  const asset = assetOf(token, terms);
  const worth = valueDeposit({ asset, amount, at: block.at }, quote, terms.price?.usdCents ?? null);
  const because = unclaimedBecause(worth, userId);
  await tx.query(
    `INSERT INTO deposit (chain_id, block_hash, tx_hash, ordinal, block_number, payer, memo, asset, token, amount, state, user_id, millicredits,
                          eth_usd_cents, unclaimed_because, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     ON CONFLICT (chain_id, block_hash, tx_hash, ordinal) DO UPDATE
       SET state = EXCLUDED.state, user_id = EXCLUDED.user_id, millicredits = EXCLUDED.millicredits, eth_usd_cents = EXCLUDED.eth_usd_cents,
           unclaimed_because = EXCLUDED.unclaimed_because, credited_at = NULL
       WHERE deposit.state = 'reversed'`,
    [
      ...[block.chainId, block.hash, log.txHash, log.ordinal, block.number],
      ...[payer, memo, asset, token, amount.toString()],
      ...[because === null ? 'seen' : 'unclaimed', userId],
      ...[worth.kind === 'credits' ? worth.millicredits : null, 'ethUsdCents' in worth ? worth.ethUsdCents : null, because, block.at],
    ],
  );
}

/** A payment that is being given back, or was, stays that payment in whatever block it comes again: it is not given back twice. */
async function followRefund(tx: PoolClient, block: IndexedBlock, { txHash, ordinal }: ChainLog): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE deposit SET block_hash = $4, block_number = $5, at = $6 WHERE chain_id = $1 AND tx_hash = $2 AND ordinal = $3 AND refund_ref IS NOT NULL`,
    [block.chainId, txHash, ordinal, block.hash, block.number, block.at],
  );
  return Boolean(rowCount);
}

function unclaimedBecause(worth: Worth, userId: string | null): string | null {
  if (worth.kind === 'never') return worth.because;
  return userId === null ? 'unknown_payer' : null;
}

/** A quote's rate is for one payment: the first of its asset and amount in its time. Who could use it again would do so when the rate has fallen. */
const quoteOfMemo = `
  SELECT user_id, asset, millicredits, amount, expires_at, EXISTS (
           SELECT 1 FROM deposit d WHERE d.memo = q.memo AND (d.asset, d.amount) = (q.asset, q.amount) AND d.at <= q.expires_at
              AND d.eth_usd_cents IS NULL AND (d.millicredits IS NOT NULL OR d.unclaimed_because = 'too_large')
              AND d.state <> 'reversed' AND (d.tx_hash, d.ordinal) <> ($2, $3)) AS used
    FROM deposit_quote q WHERE memo = $1`;

/** Whose a payment is: the account that its memo's quote names, else the one of the address that paid. */
export async function ownerOf(
  tx: PoolClient,
  { memo, payer }: Pick<Payment, 'memo' | 'payer'>,
  { txHash, ordinal }: { txHash: string; ordinal: number },
): Promise<Owner> {
  type QuoteRow = { user_id: string; asset: DepositAsset; millicredits: string; amount: string; expires_at: Date; used: boolean };
  const quoted = await tx.query<QuoteRow>(quoteOfMemo, [memo, txHash, ordinal]);
  const row = quoted.rows[0];
  if (row) {
    const quote = { asset: row.asset, millicredits: BigInt(row.millicredits), amount: BigInt(row.amount), expiresAt: row.expires_at };
    return { userId: row.user_id, quote: row.used ? null : quote };
  }
  const known = await tx.query<{ id: string }>('SELECT id FROM "user" WHERE address = $1', [payer]);
  return { userId: known.rows[0]?.id ?? null, quote: null };
}
