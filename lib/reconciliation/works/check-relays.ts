import { amountFinding, type Check, FINDINGS_SHOWN, type Finding, factFinding } from '../finding';

type Contradiction = { id: string; state: string; hold: string | null; transaction: string | null };
type Price = { id: string; want: string; have: string };

/** A mint that the house sends is paid when it is safe, at its quoted price, and not at all when it failed. */
export const checkRelays: Check = {
  name: 'relays',
  run: ({ snapshot }) =>
    snapshot(async (sql) => {
      const audit = await sql.query<Contradiction>('SELECT id, state, hold, transaction FROM relay_audit LIMIT $1', [FINDINGS_SHOWN]);
      const prices = await sql.query<Price>(
        `SELECT r.id, r.price_millicredits AS want, coalesce(sum(t.amount), 0) AS have
           FROM relay r LEFT JOIN ledger.transfer t ON t.ref = r.id AND t.code = 'relay_fee'
          WHERE r.state = 'captured' GROUP BY r.id HAVING coalesce(sum(t.amount), 0) <> r.price_millicredits LIMIT $1`,
        [FINDINGS_SHOWN],
      );
      const counted = await sql.query<{ n: string }>('SELECT count(*) AS n FROM relay');
      return { compared: `${counted.rows[0]?.n} mints`, findings: [...audit.rows.map(contradiction), ...prices.rows.map(wrongPrice)] };
    }),
};

function contradiction({ id, state, hold, transaction }: Contradiction): Finding {
  const explanation =
    'Mint, hold and transaction end together, in one transaction, and contradict each other. Look for writes with the owner’s role.';
  const is = `mint ${state}, hold ${hold ?? 'missing'}, transaction ${transaction ?? 'missing'}`;
  return factFinding({ kind: 'contradiction', subject: `relay ${id}`, explanation }, 'mint, hold and transaction that agree', is);
}

function wrongPrice({ id, want, have }: Price): Finding {
  const explanation = 'What the ledger moved for this mint is not its quoted price. Mend it with a correction.';
  return amountFinding({ kind: 'wrong_price', subject: `relay ${id}`, explanation }, 'millicredits', BigInt(want), BigInt(have));
}
