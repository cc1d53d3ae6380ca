import { amountFinding, type Check, FINDINGS_SHOWN, type Finding, factFinding } from '../finding';

type Contradiction = { what: string; id: string; state: string; hold: string | null; transaction: string | null };
type Price = { id: string; want: string; have: string };

/** A mint or a pass that the house sends for is paid when it is safe, at its quoted price, and not at all when it failed. */
export const checkRelays: Check = {
  name: 'relays',
  run: ({ snapshot }) =>
    snapshot(async (sql) => {
      const audit = await sql.query<Contradiction>(
        `SELECT 'mint' AS what, id, state, hold, transaction FROM relay_audit UNION ALL
         SELECT 'pass purchase', id, state, hold, transaction FROM pass_purchase_audit UNION ALL
         SELECT 'pass renewal', id, state, hold, transaction FROM pass_renewal_audit LIMIT $1`,
        [FINDINGS_SHOWN],
      );
      const prices = await sql.query<Price>(
        `SELECT r.id, r.price_millicredits AS want, coalesce(sum(t.amount), 0) AS have
           FROM (SELECT id, state, price_millicredits FROM relay UNION ALL SELECT id, state, price_millicredits FROM pass_purchase
                 UNION ALL SELECT id, state, price_millicredits FROM pass_renewal) r
           LEFT JOIN ledger.transfer t ON t.ref = r.id AND t.code = 'relay_fee'
          WHERE r.state = 'captured' GROUP BY r.id, r.price_millicredits HAVING coalesce(sum(t.amount), 0) <> r.price_millicredits LIMIT $1`,
        [FINDINGS_SHOWN],
      );
      const counted = await sql.query<{ n: string }>(
        'SELECT (SELECT count(*) FROM relay) + (SELECT count(*) FROM pass_purchase) + (SELECT count(*) FROM pass_renewal) AS n',
      );
      return {
        compared: `${counted.rows[0]?.n} mints, purchases and renewals`,
        findings: [...audit.rows.map(contradiction), ...prices.rows.map(wrongPrice)],
      };
    }),
};

function contradiction({ what, id, state, hold, transaction }: Contradiction): Finding {
  const explanation =
    'What the house sends, its hold and its transaction end together, in one transaction, and contradict each other. Look for writes with the owner’s role.';
  const is = `${what} ${state}, hold ${hold ?? 'missing'}, transaction ${transaction ?? 'missing'}`;
  return factFinding({ kind: 'contradiction', subject: `relay ${id}`, explanation }, `${what}, hold and transaction that agree`, is);
}

function wrongPrice({ id, want, have }: Price): Finding {
  const explanation = 'What the ledger moved for it is not its quoted price. Mend it with a correction.';
  return amountFinding({ kind: 'wrong_price', subject: `relay ${id}`, explanation }, 'millicredits', BigInt(want), BigInt(have));
}
