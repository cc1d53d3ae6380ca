import type { Pool, PoolClient } from 'pg';
import { AppError } from '@/lib/errors';

export type AccountKind = 'till_clearing' | 'promotion' | 'write_off' | 'collector_onchain' | 'creator_pending' | 'platform_fee';
export type TransferCode = 'deposit' | 'deposit_reversal' | 'grant' | 'run_creator' | 'run_fee' | 'run_refund';
/** 'replay': the same reference with the same content was posted before; nothing was done now. */
export type CallStatus = 'ok' | 'replay' | 'insufficient';

/** Account id of (kind, owner), opened at first use. Owner is a user id, or 'house' for the platform's own. */
export async function openAccount(sql: Pool | PoolClient, kind: AccountKind, owner: string): Promise<bigint> {
  const { rows } = await sql.query<{ id: string }>('SELECT ledger.open_account($1, $2) AS id', [kind, owner]);
  return BigInt(rows[0]?.id ?? '0');
}

export type Transfer = { ref: string; leg?: number; debit: bigint; credit: bigint; amountMillicredits: bigint; code: TransferCode };

/** Moves credits from `debit` to `credit`, once for each (ref, leg). Throws `conflict` when that pair was posted with other content. */
export async function postTransfer(sql: Pool | PoolClient, transfer: Transfer): Promise<CallStatus> {
  const { ref, leg = 0, debit, credit, amountMillicredits, code } = transfer;
  const { rows } = await sql.query<{ status: CallStatus | 'conflict' }>('SELECT ledger.post($1, $2::smallint, $3, $4, $5, $6) AS status', [
    ref,
    leg,
    debit,
    credit,
    amountMillicredits,
    code,
  ]);
  const status = rows[0]?.status;
  if (!status || status === 'conflict') throw new AppError('conflict', { details: { ref, leg } });
  return status;
}
