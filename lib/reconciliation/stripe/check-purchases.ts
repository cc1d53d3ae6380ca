import type { PoolClient } from 'pg';
import { derivedRef } from '@/lib/credits/derived-ref';
import { amountFinding, type Check, FINDINGS_SHOWN, type Finding } from '../finding';

/** What card payments gave and took in the ledger against the purchases, refunds and disputes they are for. */
export const checkPurchases: Check = {
  name: 'purchases',
  run: ({ snapshot }) =>
    snapshot(async (sql) => {
      const { rows } = await sql.query<{ n: string }>(`SELECT count(*) AS n FROM card_purchase WHERE state = 'paid'`);
      return {
        compared: `${rows[0]?.n} paid purchases`,
        findings: [
          ...(await wrongCredits(sql)),
          ...(await strayCredits(sql)),
          ...(await wrongRefunds(sql)),
          ...(await wrongReserves(sql)),
          ...(await wrongClearing(sql)),
        ],
      };
    }),
};

async function wrongCredits(sql: PoolClient): Promise<Finding[]> {
  const { rows } = await sql.query<{ id: string; want: string; have: string }>(
    `SELECT * FROM (
       SELECT p.id, CASE WHEN p.state = 'paid' THEN p.credit_millicredits ELSE 0 END AS want, coalesce(sum(t.amount), 0) AS have
         FROM card_purchase p LEFT JOIN (ledger.transfer t JOIN ledger.account a ON a.id = t.credit_id)
              ON t.ref = p.id AND t.code IN ('purchase', 'debt_repaid') AND a.owner = p.user_id::text
        GROUP BY p.id) x WHERE want <> have LIMIT $1`,
    [FINDINGS_SHOWN],
  );
  const explanation = 'What its account was credited is not what was sold. Compare the transfers of this purchase, and mend it with a correction.';
  return rows.map(({ id, want, have }) =>
    amountFinding({ kind: 'wrong_credit', subject: `purchase ${id}`, explanation }, 'millicredits', BigInt(want), BigInt(have)),
  );
}

async function strayCredits(sql: PoolClient): Promise<Finding[]> {
  const { rows } = await sql.query<{ ref: string; amount: string }>(
    `SELECT t.ref, sum(t.amount) AS amount FROM ledger.transfer t
      WHERE t.code = 'purchase' AND NOT EXISTS (SELECT 1 FROM card_purchase p WHERE p.id = t.ref) GROUP BY t.ref LIMIT $1`,
    [FINDINGS_SHOWN],
  );
  const explanation = 'Credits were given as bought by card, and there is no such purchase. Find out who posted it, and take them back.';
  return rows.map(({ ref, amount }) =>
    amountFinding({ kind: 'credit_without_purchase', subject: `transfer ${ref}`, explanation }, 'millicredits', 0n, BigInt(amount)),
  );
}

/** A refund takes what it says, from the collector's lots or as debt; one that failed gave it back. */
async function wrongRefunds(sql: PoolClient): Promise<Finding[]> {
  const { rows: refunds } = await sql.query<{ id: string; state: string; millicredits: string }>('SELECT id, state, millicredits FROM card_refund');
  const refs = refunds.map(({ id }) => derivedRef('card refund', id));
  const { rows: sums } = await sql.query<{ ref: string; amount: string }>(
    'SELECT ref, sum(amount) AS amount FROM ledger.transfer WHERE ref = ANY ($1) GROUP BY ref',
    [[...refs, ...refs.map((ref) => derivedRef('undone', ref))]],
  );
  const moved = new Map(sums.map(({ ref, amount }) => [ref, BigInt(amount)]));
  const explanation =
    'What was taken from the collector for this refund is not what it stands for. Compare its transfers, and mend it with a correction.';
  return refunds.flatMap(({ id, state, millicredits }, i) => {
    const ref = refs[i] ?? '';
    const have = (moved.get(ref) ?? 0n) - (moved.get(derivedRef('undone', ref)) ?? 0n);
    const want = state === 'taken' ? BigInt(millicredits) : 0n;
    return have === want ? [] : [amountFinding({ kind: 'wrong_refund', subject: `refund ${id}`, explanation }, 'millicredits', want, have)];
  });
}

/** What is set aside for a purchase's disputes is what their parts say. */
async function wrongReserves(sql: PoolClient): Promise<Finding[]> {
  const { rows } = await sql.query<{ purchase: string; want: string; have: string }>(
    `SELECT * FROM (
       SELECT coalesce(a.sub, h.purchase_id::text) AS purchase, coalesce(h.sum, 0) AS want, coalesce(a.credits_posted - a.debits_posted, 0) AS have
         FROM (SELECT * FROM ledger.account WHERE kind = 'dispute_reserve') a FULL JOIN (
           SELECT d.purchase_id, sum(p.millicredits) AS sum FROM card_dispute_part p JOIN card_dispute d ON d.id = p.dispute_id
            WHERE p.state = 'held' GROUP BY 1) h ON h.purchase_id::text = a.sub) x WHERE want <> have LIMIT $1`,
    [FINDINGS_SHOWN],
  );
  const explanation =
    'What is set aside while its disputes are open is not what they took aside. Compare the parts of its disputes with the reserve’s transfers.';
  return rows.map(({ purchase, want, have }) =>
    amountFinding({ kind: 'wrong_reserve', subject: `purchase ${purchase}`, explanation }, 'millicredits', BigInt(want), BigInt(have)),
  );
}

/** All that was sold by card, less what refunds and lost disputes took back. */
async function wrongClearing(sql: PoolClient): Promise<Finding[]> {
  const { rows } = await sql.query<{ want: string; have: string }>(
    `SELECT (SELECT coalesce(sum(millicredits), 0) FROM card_refund WHERE state = 'taken') + (SELECT coalesce(sum(millicredits), 0) FROM card_dispute WHERE state = 'lost')
            - (SELECT coalesce(sum(credit_millicredits), 0) FROM card_purchase WHERE state = 'paid') AS want,
            coalesce((SELECT sum(credits_posted - debits_posted) FROM ledger.account WHERE kind = 'card_clearing'), 0) AS have`,
  );
  const [want, have] = [BigInt(rows[0]?.want ?? 0), BigInt(rows[0]?.have ?? 0)];
  if (want === have) return [];
  const explanation =
    'The account that all card credits come from is not at what purchases, refunds and lost disputes add up to. The findings beside this one say where.';
  return [amountFinding({ kind: 'wrong_clearing', subject: 'card_clearing', explanation }, 'millicredits', want, have)];
}
