import { AppError } from '@/lib/errors';
import type { Sql } from './accounts';

export type TransferCode =
  | 'purchase'
  | 'bonus'
  | 'bonus_expired'
  | 'deposit'
  | 'deposit_reversal'
  | 'grant'
  | 'run_creator'
  | 'run_parent'
  | 'run_fee'
  | 'run_refund'
  | 'relay_fee'
  | 'card_refund'
  | 'dispute_hold'
  | 'dispute_won'
  | 'dispute_lost'
  | 'debt'
  | 'debt_repaid'
  | 'write_off'
  | 'matured'
  | 'payout'
  | 'payout_sent'
  | 'payout_failed'
  | 'float_in'
  | 'gas'
  | 'correction'
  | 'included'
  | 'included_run'
  | 'included_expired'
  | 'included_back'
  | 'relay_refund'
  | 'float_back';
/** 'replay': the same reference with the same content was posted before; nothing was done now. */
export type CallStatus = 'ok' | 'replay' | 'insufficient';

export type Transfer = {
  ref: string;
  leg?: number;
  debit: bigint;
  credit: bigint;
  amountMillicredits: bigint;
  code: TransferCode;
  /** What a collector's statement names and links: the run, the purchase, the deposit. Left out: `ref`. */
  about?: string;
};

/** Moves credits from `debit` to `credit`, once for each (ref, leg). Throws `conflict` when that pair was posted with other content. */
export async function postTransfer(sql: Sql, transfer: Transfer): Promise<CallStatus> {
  const { ref, leg = 0, debit, credit, amountMillicredits, code, about = null } = transfer;
  const { rows } = await sql.query<{ status: CallStatus | 'conflict' }>('SELECT ledger.post($1, $2::int, $3, $4, $5, $6, $7) AS status', [
    ref,
    leg,
    debit,
    credit,
    amountMillicredits,
    code,
    about,
  ]);
  const status = rows[0]?.status;
  if (!status || status === 'conflict') throw new AppError('conflict', { details: { ref, leg } });
  return status;
}

/** Like `postTransfer`, for moves that cannot fail unless the books are wrong: throws unless it was posted, now or before. */
export async function mustPost(sql: Sql, transfer: Transfer): Promise<void> {
  const status = await postTransfer(sql, transfer);
  if (status === 'insufficient') throw new AppError('internal', { cause: new Error(`${transfer.code} ${transfer.ref} has no cover`) });
}
