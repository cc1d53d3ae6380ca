import type { PoolClient } from 'pg';
import type { AccountKind } from './accounts';
import type { TransferCode } from './post-transfer';

/** A share of a capture: the lot that paid it, and who got it under which transfer. */
export type CapturedShare = {
  ref: string;
  leg: number;
  lot: bigint;
  account: bigint;
  kind: AccountKind;
  owner: string;
  amountMillicredits: bigint;
  code: TransferCode;
};

type Row = { ref: string; leg: number; debit_id: string; credit_id: string; kind: AccountKind; owner: string; amount: string; code: TransferCode };

const select = `SELECT t.ref, t.leg, t.debit_id, t.credit_id, a.kind, a.owner, t.amount, t.code
  FROM ledger.transfer t JOIN ledger.account a ON a.id = t.credit_id`;

const toShare = ({ debit_id, credit_id, amount, ...row }: Row): CapturedShare => ({
  ...row,
  lot: BigInt(debit_id),
  account: BigInt(credit_id),
  amountMillicredits: BigInt(amount),
});

/** The shares of one capture. */
export async function sharesOfCapture(tx: PoolClient, capture: string): Promise<CapturedShare[]> {
  const { rows } = await tx.query<Row>(`${select} WHERE t.ref = $1 ORDER BY t.leg`, [capture]);
  return rows.map(toShare);
}

/** Everything that a lot paid for, oldest first: the captures whose earnings a dispute over that lot concerns. */
export async function spendsOfLot(tx: PoolClient, lot: bigint): Promise<CapturedShare[]> {
  const { rows } = await tx.query<Row>(
    `${select} WHERE t.debit_id = $1 AND t.code IN ('run_creator', 'run_parent', 'run_fee', 'relay_fee') ORDER BY t.at, t.ref, t.leg`,
    [lot],
  );
  return rows.map(toShare);
}
