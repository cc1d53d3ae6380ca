import type { PoolClient } from 'pg';
import { derivedRef } from '@/lib/credits/derived-ref';
import { amountFinding, type Check, FINDINGS_SHOWN, type Finding } from '../finding';

/** What the till’s account in the books gave out against the deposits it was for. */
export const checkCredited: Check = {
  name: 'credited',
  run: ({ snapshot }) =>
    snapshot(async (sql) => {
      const { rows } = await sql.query<{ n: string; sum: string }>(
        `SELECT count(*) AS n, coalesce(sum(millicredits), 0) / 1000 AS sum FROM deposit WHERE state = 'credited'`,
      );
      return {
        compared: `${rows[0]?.n} credited deposits`,
        findings: [...(await wrongWorth(sql)), ...(await wrongCredits(sql)), ...(await strayCredits(sql))],
      };
    }),
};

/** Deposits that are worth something else than their quote, the parity of USDC or the rate in their row says. */
async function wrongWorth(sql: PoolClient): Promise<Finding[]> {
  type Row = { tx_hash: string; ordinal: number; want: string | null; have: string | null };
  const { rows } = await sql.query<Row>(
    `SELECT * FROM (
       SELECT d.tx_hash, d.ordinal, d.millicredits AS have, CASE
           WHEN d.asset = 'usdc' THEN trunc(d.amount / 10)
           WHEN d.eth_usd_cents IS NOT NULL THEN trunc(d.amount * d.eth_usd_cents * 1000 / 1e18)
           ELSE (SELECT q.millicredits FROM deposit_quote q WHERE q.memo = d.memo AND q.amount = d.amount AND q.asset = d.asset) END AS want
         FROM deposit d WHERE d.state = 'credited') x WHERE want IS DISTINCT FROM have LIMIT $1`,
    [FINDINGS_SHOWN],
  );
  const explanation = 'What it was taken to be worth is not what its quote or its rate make of the amount. Mend it with a correction.';
  return rows.map(({ tx_hash, ordinal, want, have }) =>
    amountFinding(
      { kind: 'wrong_worth', subject: `deposit ${tx_hash} #${ordinal}`, explanation },
      'millicredits',
      BigInt(want ?? 0),
      BigInt(have ?? 0),
    ),
  );
}

/** Deposits whose transfers do not add up to what they are worth, to whom they belong. */
async function wrongCredits(sql: PoolClient): Promise<Finding[]> {
  type Row = { tx_hash: string; ordinal: number; want: string; have: string };
  const { rows } = await sql.query<Row>(
    `SELECT d.tx_hash, d.ordinal, coalesce(d.millicredits, 0) AS want, coalesce(t.sum, 0) AS have
       FROM deposit d LEFT JOIN LATERAL (
         SELECT sum(t.amount) AS sum FROM ledger.transfer t JOIN ledger.account a ON a.id = t.credit_id
          WHERE t.ref = d.transfer_ref AND t.code IN ('deposit', 'debt_repaid') AND a.owner = d.user_id::text) t ON true
      WHERE d.state = 'credited' AND coalesce(d.millicredits, 0) <> coalesce(t.sum, 0) LIMIT $1`,
    [FINDINGS_SHOWN],
  );
  const explanation =
    'What its account was credited is not what the payment is worth. Compare the transfers of this deposit, and mend it with a correction.';
  return rows.map(({ tx_hash, ordinal, want, have }) =>
    amountFinding({ kind: 'wrong_credit', subject: `deposit ${tx_hash} #${ordinal}`, explanation }, 'millicredits', BigInt(want), BigInt(have)),
  );
}

/** Credits given out by the till’s account that no deposit asks for, less what was taken back again when a block left the chain. */
async function strayCredits(sql: PoolClient): Promise<Finding[]> {
  const given = await sql.query<{ ref: string; amount: string }>(
    `SELECT t.ref, sum(t.amount) AS amount FROM ledger.transfer t JOIN ledger.account a ON a.id = t.debit_id AND a.kind = 'till_clearing'
      WHERE NOT EXISTS (SELECT 1 FROM deposit d WHERE d.transfer_ref = t.ref AND d.state = 'credited') GROUP BY t.ref`,
  );
  const back = await sql.query<{ ref: string; amount: string }>(
    `SELECT t.ref, sum(t.amount) AS amount FROM ledger.transfer t JOIN ledger.account a ON a.id = t.credit_id AND a.kind = 'till_clearing'
      WHERE t.code <> 'run_fee' GROUP BY t.ref`,
  );
  const returned = new Map(back.rows.map(({ ref, amount }) => [ref, BigInt(amount)]));
  const explanation =
    'Credits were given out for a deposit that does not stand, and were not taken back. Find out who posted it, and take them back.';
  return given.rows
    .map(({ ref, amount }) => ({ ref, left: BigInt(amount) - (returned.get(derivedRef('deposit reversal', ref)) ?? 0n) }))
    .filter(({ left }) => left !== 0n)
    .slice(0, FINDINGS_SHOWN)
    .map(({ ref, left }) => amountFinding({ kind: 'credit_without_deposit', subject: `transfer ${ref}`, explanation }, 'millicredits', 0n, left));
}
