import type { PoolClient } from 'pg';
import { derivedRef } from '@/lib/credits/derived-ref';
import type { DisputeFact, DisputeState } from '@/lib/stripe/card-api';

/** A dispute as the books have it. `moves` counts its transfers: each has a reference of its own. */
export type DisputeRow = { id: string; state: DisputeState; millicredits: bigint; moves: number };
export type PartState = 'held' | 'returned' | 'lost';
/** What a dispute took aside, of which account. `earning`: the transfer that had paid it to a creator. */
export type Part = {
  ordinal: number;
  state: PartState;
  account: bigint;
  millicredits: bigint;
  earning: { ref: string; leg: number } | null;
};

/** In the order in which we first saw them. */
export async function loadDisputes(tx: PoolClient, purchaseId: string): Promise<DisputeRow[]> {
  const { rows } = await tx.query<{ id: string; state: DisputeState; millicredits: string; moves: number }>(
    'SELECT id, state, millicredits, moves FROM card_dispute WHERE purchase_id = $1 ORDER BY opened_at, id',
    [purchaseId],
  );
  return rows.map((row) => ({ ...row, millicredits: BigInt(row.millicredits) }));
}

export async function insertDispute(tx: PoolClient, purchaseId: string, { id, amountMinor }: DisputeFact): Promise<DisputeRow> {
  // The clock's time, not the transaction's: of two that are new at once, one is the first.
  await tx.query(`INSERT INTO card_dispute (id, purchase_id, state, amount_minor, opened_at) VALUES ($1, $2, 'inquiry', $3, clock_timestamp())`, [
    id,
    purchaseId,
    amountMinor,
  ]);
  return { id, state: 'inquiry', millicredits: 0n, moves: 0 };
}

export async function saveDispute(tx: PoolClient, { id, state, millicredits, moves }: DisputeRow): Promise<void> {
  await tx.query('UPDATE card_dispute SET state = $2, millicredits = $3, moves = $4, changed_at = now() WHERE id = $1', [
    id,
    state,
    millicredits,
    moves,
  ]);
}

/** The reference of the dispute's next transfer. */
export function nextRef(dispute: DisputeRow): string {
  dispute.moves += 1;
  return derivedRef('dispute', dispute.id, dispute.moves);
}

export async function loadParts(tx: PoolClient, disputeId: string): Promise<Part[]> {
  const { rows } = await tx.query<{
    ordinal: number;
    state: PartState;
    account: string;
    millicredits: string;
    capture_ref: string | null;
    capture_leg: number | null;
  }>('SELECT * FROM card_dispute_part WHERE dispute_id = $1 ORDER BY ordinal', [disputeId]);
  return rows.map((row) => ({
    ordinal: row.ordinal,
    state: row.state,
    account: BigInt(row.account),
    millicredits: BigInt(row.millicredits),
    earning: row.capture_ref ? { ref: row.capture_ref, leg: row.capture_leg ?? 0 } : null,
  }));
}

export async function addPart(tx: PoolClient, disputeId: string, part: Omit<Part, 'ordinal'>): Promise<void> {
  await tx.query(
    `INSERT INTO card_dispute_part (dispute_id, ordinal, state, account, is_earning, capture_ref, capture_leg, millicredits)
     SELECT $1, 1 + count(*), $2, $3, $4, $5, $6, $7 FROM card_dispute_part WHERE dispute_id = $1`,
    [disputeId, part.state, part.account, part.earning !== null, part.earning?.ref ?? null, part.earning?.leg ?? null, part.millicredits],
  );
}

export async function setPart(tx: PoolClient, disputeId: string, ordinal: number, state: PartState): Promise<void> {
  await tx.query('UPDATE card_dispute_part SET state = $3 WHERE dispute_id = $1 AND ordinal = $2', [disputeId, ordinal, state]);
}

/** Parts that are still with the dispute, or gone with it. */
export const standing = (parts: Part[]): Part[] => parts.filter(({ state }) => state !== 'returned');

export const sumOf = (parts: Part[]): bigint => parts.reduce((sum, part) => sum + part.millicredits, 0n);
