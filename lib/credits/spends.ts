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

/**
 * Everything that a lot paid for, oldest first: the captures whose earnings a dispute over that lot concerns. They are found through
 * the statement of the lot's owner since the lot came in, so that captures, of which there are most, need no index of their own for it.
 */
export async function spendsOfLot(tx: PoolClient, lot: bigint): Promise<CapturedShare[]> {
  const { rows } = await tx.query<Row>(
    `WITH lot AS (SELECT l.id, l.purse_id, (SELECT min(e.seq) FROM ledger.entry e
                    WHERE e.purse_id = l.purse_id AND e.code IN ('purchase', 'deposit', 'grant', 'bonus') AND e.ref::text = l.sub) AS since
                    FROM ledger.account l WHERE l.id = $1)
     ${select} JOIN ledger.entry e ON e.ref = t.ref AND e.code IN ('run', 'relay')
       JOIN lot ON lot.purse_id = e.purse_id AND e.seq > coalesce(lot.since, 0) AND t.debit_id = lot.id
      ORDER BY e.seq, t.leg`,
    [lot],
  );
  return rows.map(toShare);
}
