import type { PoolClient } from 'pg';
import { amountFinding, type Check, FINDINGS_SHOWN, type Finding, factFinding } from '../finding';

/** Runs that passes paid against what was delivered, and what passes were given against what their terms say. */
export const checkPassRuns: Check = {
  name: 'pass_runs',
  run: ({ snapshot }) =>
    snapshot(async (sql) => {
      const { rows } = await sql.query<{ paid: string; periods: string }>(
        `SELECT (SELECT count(*) FROM generation WHERE pass_hold_id IS NOT NULL AND state = 'captured') AS paid,
                (SELECT count(*) FROM ledger.account WHERE asset = 3 AND kind = 'pass_runs') AS periods`,
      );
      return {
        compared: `${rows[0]?.paid} runs paid by passes, ${rows[0]?.periods} periods of passes`,
        findings: [...(await wronglyPaid(sql)), ...(await takenForNothing(sql)), ...(await wronglyGiven(sql)), ...(await backForNothing(sql))],
      };
    }),
};

/** Delivered runs that did not take one run of their own pass. */
async function wronglyPaid(sql: PoolClient): Promise<Finding[]> {
  const { rows } = await sql.query<{ id: string; pass_id: string; taken: string; is_right: boolean }>(
    `SELECT * FROM (
       SELECT g.id, g.pass_id, coalesce(sum(t.amount), 0) AS taken,
              coalesce(bool_and(t.code = 'included_run' AND d.kind = 'pass_runs' AND d.owner = g.pass_id AND c.kind = 'runs_used'), false) AS is_right
         FROM generation g LEFT JOIN ledger.transfer t ON t.ref = g.pass_hold_id
         LEFT JOIN ledger.account d ON d.id = t.debit_id LEFT JOIN ledger.account c ON c.id = t.credit_id
        WHERE g.pass_hold_id IS NOT NULL AND g.state = 'captured' GROUP BY g.id) x
      WHERE taken <> 1 OR NOT is_right LIMIT $1`,
    [FINDINGS_SHOWN],
  );
  return rows.map(({ id, pass_id, taken }) => {
    const subject = `run ${id}`;
    if (taken !== '1') {
      const explanation = `It is a run that pass ${pass_id} includes, and not one run was taken for it. Compare the transfers of its hold.`;
      return amountFinding({ kind: 'wrong_pass_run', subject, explanation }, 'runs', 1n, BigInt(taken));
    }
    const explanation = 'One run was taken, but not from the pass of this run, or not as used. Compare the transfers of its hold.';
    return factFinding({ kind: 'wrong_pass', subject, explanation }, `a run of ${pass_id}`, 'another account is in it');
  });
}

async function takenForNothing(sql: PoolClient): Promise<Finding[]> {
  const { rows } = await sql.query<{ ref: string; owner: string; amount: string }>(
    `SELECT t.ref, d.owner, t.amount FROM ledger.transfer t JOIN ledger.account d ON d.id = t.debit_id
      WHERE t.code = 'included_run' AND NOT EXISTS (SELECT 1 FROM generation g WHERE g.pass_hold_id = t.ref AND g.state = 'captured') LIMIT $1`,
    [FINDINGS_SHOWN],
  );
  return rows.map(({ ref, owner, amount }) => {
    const explanation = `A run of pass ${owner} was taken as for a delivered run, and there is no such run. Find out who posted it.`;
    return amountFinding({ kind: 'taken_for_nothing', subject: `hold ${ref}`, explanation }, 'runs', 0n, BigInt(amount));
  });
}

/** Terms only ever grow, so no period was given more than they say now. */
async function wronglyGiven(sql: PoolClient): Promise<Finding[]> {
  const { rows } = await sql.query<{ owner: string; sub: string; given: string; included: number | null }>(
    `SELECT a.owner, a.sub, sum(t.amount) AS given, e.included_runs AS included
       FROM ledger.account a JOIN ledger.transfer t ON t.credit_id = a.id AND t.code = 'included'
       LEFT JOIN pass_token p ON p.id = a.owner
       LEFT JOIN pass_terms e ON (e.chain_id, e.collection, e.tier_id) = (p.chain_id, p.collection, p.tier_id)
      WHERE a.asset = 3 AND a.kind = 'pass_runs' GROUP BY a.id, e.included_runs HAVING sum(t.amount) > coalesce(e.included_runs, 0) LIMIT $1`,
    [FINDINGS_SHOWN],
  );
  return rows.map(({ owner, sub, given, included }) => {
    const explanation =
      included === null
        ? 'Runs were given to a pass that the index does not know, or whose tier includes none. A fork may have taken back a purchase that counted as safe.'
        : 'The period was given more runs than the terms of its tier include. Nothing in the app takes back what terms say: look for changes by hand.';
    return amountFinding(
      { kind: 'too_many_runs', subject: `pass ${owner}, period ${sub}`, explanation },
      'runs',
      BigInt(included ?? 0),
      BigInt(given),
    );
  });
}

/** Runs that were given anew because they came back too late, and are not of a run that ended so. */
async function backForNothing(sql: PoolClient): Promise<Finding[]> {
  const { rows } = await sql.query<{ ref: string; owner: string; amount: string }>(
    `SELECT t.ref, c.owner, t.amount FROM ledger.transfer t JOIN ledger.account c ON c.id = t.credit_id
      WHERE t.code = 'included_back' AND NOT (t.amount = 1 AND EXISTS (
        SELECT 1 FROM generation g LEFT JOIN work w ON w.id = g.id
         WHERE 'back ' || g.pass_hold_id = c.sub AND g.pass_id = c.owner AND (g.state IN ('failed', 'expired') OR w.refunded_at IS NOT NULL))) LIMIT $1`,
    [FINDINGS_SHOWN],
  );
  return rows.map(({ ref, owner, amount }) => {
    const explanation = `A run was given to pass ${owner} as for one that failed when its period was over, and there is no such run. Find out who posted it.`;
    return amountFinding({ kind: 'back_for_nothing', subject: `transfer ${ref}`, explanation }, 'runs', 0n, BigInt(amount));
  });
}
