import type { PoolClient } from 'pg';
import { amountFinding, type Check, FINDINGS_SHOWN, type Finding, factFinding } from '../finding';

/** What was paid for a run against what was delivered: one work, its price, and each share to whom it belongs. */
export const checkRuns: Check = {
  name: 'runs',
  run: ({ snapshot }) =>
    snapshot(async (sql) => {
      const { rows } = await sql.query<{ captured: string; works: string }>(
        `SELECT (SELECT count(*) FROM generation WHERE state = 'captured') AS captured, (SELECT count(*) FROM work) AS works`,
      );
      return {
        compared: `${rows[0]?.captured} runs paid, ${rows[0]?.works} works delivered`,
        findings: [...(await undelivered(sql)), ...(await wrongShares(sql)), ...(await chargedForNothing(sql))],
      };
    }),
};

/** Runs whose state, hold and work contradict each other. */
async function undelivered(sql: PoolClient): Promise<Finding[]> {
  type Row = { id: string; state: string; hold: string | null; has_work: boolean };
  const { rows } = await sql.query<Row>('SELECT id, state, hold, has_work FROM run_audit LIMIT $1', [FINDINGS_SHOWN]);
  return rows.map(({ id, state, hold, has_work }) => {
    const is = `${state}, hold ${hold ?? 'missing'}, ${has_work ? 'a work' : 'no work'}`;
    const paidForNothing = state === 'captured' && !has_work;
    const explanation = paidForNothing
      ? 'The collector paid and has no work. Give the price back with a transfer, and find out who removed the work.'
      : 'State, hold and work are written in one transaction and contradict each other. Look for writes with the owner’s role.';
    return factFinding({ kind: 'contradiction', subject: `run ${id}`, explanation }, 'state, hold and work that agree', is);
  });
}

/** Captured runs that moved another amount than their price, or moved it from or to somebody else. */
async function wrongShares(sql: PoolClient): Promise<Finding[]> {
  type Row = { id: string; what: string; want: string; have: string; is_mismatched: boolean };
  const { rows } = await sql.query<Row>(
    `WITH paid AS (
       SELECT g.id, g.price_millicredits, g.fee_millicredits, g.parent_millicredits,
              coalesce(sum(t.amount), 0) AS total, coalesce(sum(t.amount) FILTER (WHERE t.code = 'run_fee'), 0) AS fee,
              coalesce(sum(t.amount) FILTER (WHERE t.code = 'run_parent'), 0) AS parent,
              coalesce(bool_or(d.owner <> g.user_id::text OR (t.code = 'run_creator' AND c.owner <> g.creator_id::text)
                OR (t.code = 'run_parent' AND c.owner IS DISTINCT FROM g.parent_creator_id::text) OR (t.code = 'run_fee' AND c.kind <> 'platform_fee')), false) AS is_mismatched
         FROM generation g LEFT JOIN ledger.transfer t ON t.ref = g.id
         LEFT JOIN ledger.account d ON d.id = t.debit_id LEFT JOIN ledger.account c ON c.id = t.credit_id
        WHERE g.state = 'captured' GROUP BY g.id)
     SELECT p.id, x.what, x.want, x.have, p.is_mismatched
       FROM paid p, LATERAL (VALUES ('price', p.price_millicredits, p.total), ('platform fee', p.fee_millicredits, p.fee),
         ('parent share', p.parent_millicredits, p.parent)) x(what, want, have)
      WHERE x.want <> x.have OR (p.is_mismatched AND x.what = 'price') LIMIT $1`,
    [FINDINGS_SHOWN],
  );
  return rows.map(({ id, what, want, have, is_mismatched }) => {
    if (is_mismatched && want === have) {
      const explanation = 'The right sum moved, but not from the collector of the run, or not to its creators. Compare the transfers of this run.';
      return factFinding(
        { kind: 'wrong_party', subject: `run ${id}`, explanation },
        'collector to creators and platform',
        'another account is in it',
      );
    }
    const explanation = `What the ledger moved for this run is not its ${what}. Compare the transfers of this run, and mend it with a correction.`;
    return amountFinding(
      { kind: `wrong_${what.replaceAll(' ', '_')}`, subject: `run ${id}`, explanation },
      'millicredits',
      BigInt(want),
      BigInt(have),
    );
  });
}

/** Transfers of a run that was never delivered. */
async function chargedForNothing(sql: PoolClient): Promise<Finding[]> {
  const { rows } = await sql.query<{ ref: string; amount: string }>(
    `SELECT t.ref, sum(t.amount) AS amount FROM ledger.transfer t
      WHERE t.code IN ('run_creator', 'run_parent', 'run_fee') AND NOT EXISTS (SELECT 1 FROM generation g WHERE g.id = t.ref AND g.state = 'captured')
      GROUP BY t.ref LIMIT $1`,
    [FINDINGS_SHOWN],
  );
  const explanation = 'Credits were taken as for a delivered run, and there is no such run. Give them back, and find out who posted it.';
  return rows.map(({ ref, amount }) =>
    amountFinding({ kind: 'charged_for_nothing', subject: `run ${ref}`, explanation }, 'millicredits', 0n, BigInt(amount)),
  );
}
