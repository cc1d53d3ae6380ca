import type { PoolClient } from 'pg';
import type { Actor } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import type { CorrectionKind, CorrectionState } from './schema';

/** A correction as its use-cases see it. */
export type CorrectionRow = {
  id: string;
  kind: CorrectionKind;
  state: CorrectionState;
  ref: string;
  debit: bigint;
  credit: bigint;
  amount: bigint;
  reason: string;
  publicReason: string | null;
  findingId: string | null;
  approvalsNeeded: number;
  proposedBy: string;
};

type Raw = Omit<CorrectionRow, 'debit' | 'credit' | 'amount'> & { debit: string; credit: string; amount: string };

const select = `SELECT id, kind, state, ref, debit_id AS debit, credit_id AS credit, amount, reason, public_reason AS "publicReason",
  finding_id AS "findingId", approvals_needed AS "approvalsNeeded", proposed_by AS "proposedBy" FROM correction`;

const toRow = (raw: Raw): CorrectionRow => ({ ...raw, debit: BigInt(raw.debit), credit: BigInt(raw.credit), amount: BigInt(raw.amount) });

export async function findCorrection(tx: PoolClient, id: string): Promise<CorrectionRow | null> {
  const { rows } = await tx.query<Raw>(`${select} WHERE id = $1`, [id]);
  return rows[0] ? toRow(rows[0]) : null;
}

/** A proposal, locked until the transaction ends: whoever decides on it decides alone. Throws `not_found`, or `wrong_state` when it is decided. */
export async function lockProposal(tx: PoolClient, id: string): Promise<CorrectionRow> {
  const { rows } = await tx.query<Raw>(`${select} WHERE id = $1 FOR NO KEY UPDATE`, [id]);
  if (!rows[0]) throw new AppError('not_found');
  if (rows[0].state !== 'proposed') throw new AppError('wrong_state');
  return toRow(rows[0]);
}

/** Nobody decides about their own accounts, nor those of a pass that they hold. Throws `own_account`. */
export async function refuseOwner(tx: PoolClient, { userId }: Actor, accounts: bigint[]): Promise<void> {
  const { rowCount } = await tx.query(
    `SELECT 1 FROM ledger.account a WHERE a.id = ANY ($1) AND a.owner IN (
       SELECT $2 UNION ALL SELECT t.id FROM "user" u JOIN pass_token t ON t.holder = u.address WHERE u.id::text = $2)`,
    [accounts, userId],
  );
  if (rowCount) throw new AppError('own_account');
}

/**
 * Writes a proposal, once for each id. Throws `conflict` when the id is of another one, and `wrong_state` when the same debt waits to be
 * written off already.
 */
export async function insertProposal(tx: PoolClient, row: Omit<CorrectionRow, 'state'>): Promise<CorrectionRow> {
  const { id, kind, ref, debit, credit, amount, reason, publicReason, findingId, approvalsNeeded, proposedBy } = row;
  await tx.query(
    `INSERT INTO correction (id, kind, ref, debit_id, credit_id, amount, reason, public_reason, finding_id, approvals_needed, proposed_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
    [id, kind, ref, debit, credit, amount, reason, publicReason, findingId, approvalsNeeded, proposedBy],
  );
  const found = await findCorrection(tx, id);
  if (!found) throw new AppError('wrong_state');
  const names = Object.keys(row) as (keyof typeof row)[];
  if (names.some((name) => found[name] !== row[name])) throw new AppError('conflict');
  return found;
}
