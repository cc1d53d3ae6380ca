import type { PoolClient } from 'pg';
import { AppError } from '@/lib/errors';
import type { PayoutState, Rail } from './schema';

/** A payout as its use-cases see it. */
export type PayoutRow = {
  id: string;
  creatorId: string;
  millicredits: bigint;
  rail: Rail;
  destination: string;
  state: PayoutState;
  approvalsNeeded: number;
  amountOut: bigint | null;
  externalRef: string | null;
};

type Raw = {
  id: string;
  creator_id: string;
  millicredits: string;
  rail: Rail;
  destination: string;
  state: PayoutState;
  approvals_needed: number;
  amount_out: string | null;
  external_ref: string | null;
};

const toRow = (raw: Raw): PayoutRow => ({
  id: raw.id,
  creatorId: raw.creator_id,
  millicredits: BigInt(raw.millicredits),
  rail: raw.rail,
  destination: raw.destination,
  state: raw.state,
  approvalsNeeded: raw.approvals_needed,
  amountOut: raw.amount_out === null ? null : BigInt(raw.amount_out),
  externalRef: raw.external_ref,
});

/** The payout as it is now. Throws `not_found`. */
export async function readPayout(tx: PoolClient, id: string): Promise<PayoutRow> {
  return pick(await tx.query<Raw>('SELECT * FROM payout WHERE id = $1', [id]));
}

/** The payout, locked until the transaction ends: whoever decides on it decides alone. Throws `not_found`. */
export async function lockPayout(tx: PoolClient, id: string): Promise<PayoutRow> {
  return pick(await tx.query<Raw>('SELECT * FROM payout WHERE id = $1 FOR NO KEY UPDATE', [id]));
}

function pick({ rows }: { rows: Raw[] }): PayoutRow {
  if (!rows[0]) throw new AppError('not_found');
  return toRow(rows[0]);
}
