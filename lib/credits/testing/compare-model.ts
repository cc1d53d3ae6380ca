import type pg from 'pg';
import { expect } from 'vitest';
import type { Model } from './model';

type LotRow = { sub: string; posted: string; held: string };
type HoldRow = { id: string; state: string; amount: string; captured: string; legs: string[]; amounts: string[] };

/** Compares everything the ledger says of these collectors with the model: lots, debts, statements, holds and their legs. */
export async function compareWithModel(pool: pg.Pool, collectors: string[], model: Model): Promise<void> {
  for (const user of collectors) {
    const { rows: lots } = await pool.query<LotRow>(
      `SELECT sub, credits_posted - debits_posted AS posted, debits_pending AS held FROM ledger.account WHERE purse_id IS NOT NULL AND owner = $1 ORDER BY id`,
      [user],
    );
    const wanted = model.lotsOf(user);
    expect(lots.map((lot) => [lot.sub, BigInt(lot.posted), BigInt(lot.held)])).toEqual(wanted.map((lot) => [lot.ref, lot.posted, lot.held]));
    const { rows } = await pool.query<{ balance: string; entries: string; owed: string }>(
      `SELECT balance, entries, coalesce((SELECT debits_posted - credits_posted FROM ledger.account WHERE kind = 'collector_debt' AND owner = $1), 0) AS owed
         FROM ledger.purse WHERE owner = $1`,
      [user],
    );
    const balance = wanted.reduce((sum, lot) => sum + lot.posted, 0n);
    expect([rows[0]?.balance, rows[0]?.entries, rows[0]?.owed].map(Number)).toEqual(
      [balance, model.lines.get(user) ?? 0, model.debts.get(user) ?? 0n].map(Number),
    );
  }
  const { rows: holds } = await pool.query<HoldRow>(
    `SELECT h.id, h.state, h.amount, h.captured, h.amounts, ARRAY(SELECT a.sub FROM unnest(h.lots) WITH ORDINALITY x(lot, ord) JOIN ledger.account a ON a.id = x.lot ORDER BY ord) AS legs
       FROM ledger.hold h JOIN ledger.purse p ON p.id = h.purse_id WHERE p.owner = ANY ($1)`,
    [collectors],
  );
  const found = new Map(holds.map((row) => [row.id, row]));
  expect(found.size).toBe(model.holds.size);
  for (const hold of model.holds.values()) {
    const row = found.get(hold.id);
    expect([row?.state, row?.amount, row?.captured, row?.legs, row?.amounts]).toEqual([
      hold.state,
      `${hold.amount}`,
      `${hold.captured}`,
      hold.legs.map(({ lot }) => lot.ref),
      hold.legs.map(({ amount }) => `${amount}`),
    ]);
  }
}
