import { amountFinding, type Check, FINDINGS_SHOWN, type Finding } from '../finding';

/** The sweeper looks every ten seconds. */
const SWEEPER_SECONDS = 60;

type HoldRow = { id: string; amount: string; is_run: boolean; owner: string | null; is_owned: boolean; is_overdue: boolean };

/** Credits and runs of passes that are set aside belong to something that is still under way, and are let go in time. */
export const checkHolds: Check = {
  name: 'holds',
  run: ({ snapshot }) =>
    snapshot(async (sql) => {
      const { rows } = await sql.query<HoldRow>(
        `SELECT * FROM (
           SELECT h.id, h.amount, p.asset = 3 AS is_run, coalesce(g.state::text, r.state::text, b.state::text, e.state::text) AS owner,
                  coalesce(g.state IN ('held', 'running') OR r.state = 'open' OR b.state = 'open' OR e.state = 'open', false) AS is_owned,
                  h.expires_at < now() - make_interval(secs => $2) AS is_overdue
             FROM ledger.hold h JOIN ledger.purse p ON p.id = h.purse_id
             LEFT JOIN generation g ON g.id = CASE WHEN p.asset = 3 THEN (SELECT i.id FROM generation i WHERE i.pass_hold_id = h.id) ELSE h.id END
             LEFT JOIN relay r ON r.id = h.id LEFT JOIN pass_purchase b ON b.id = h.id LEFT JOIN pass_renewal e ON e.id = h.id WHERE h.state = 'open') x
          WHERE NOT is_owned OR is_overdue LIMIT $1`,
        [FINDINGS_SHOWN, SWEEPER_SECONDS],
      );
      const open = await sql.query<{ n: string }>(`SELECT count(*) AS n FROM ledger.hold WHERE state = 'open'`);
      return { compared: `${open.rows[0]?.n} open holds`, findings: rows.map(toFinding) };
    }),
};

function toFinding({ id, amount, is_run, owner, is_owned }: HoldRow): Finding {
  const [subject, unit] = [`hold ${id}`, is_run ? ('runs' as const) : ('millicredits' as const)];
  if (is_owned) {
    const explanation = 'It should have been let go at its end. The sweeper does not run: see whether a worker is alive.';
    return amountFinding({ kind: 'overdue', subject, explanation }, unit, 0n, BigInt(amount));
  }
  const why = owner ? `what it was for has ended (${owner})` : 'there is no run, mint, purchase or renewal of this id';
  const explanation = `${is_run ? 'A run of a pass is' : 'Credits are'} set aside though ${why}. ${is_run ? 'It comes' : 'They come'} free when the hold expires; find out who made it.`;
  return amountFinding({ kind: 'without_owner', subject, explanation }, unit, 0n, BigInt(amount));
}
