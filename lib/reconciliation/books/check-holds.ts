import { amountFinding, type Check, FINDINGS_SHOWN, type Finding } from '../finding';

/** The sweeper looks every ten seconds. */
const SWEEPER_SECONDS = 60;

type HoldRow = { id: string; amount: string; owner: string | null; is_owned: boolean; is_overdue: boolean };

/** Credits set aside belong to something that is still under way, and are let go in time. */
export const checkHolds: Check = {
  name: 'holds',
  run: ({ snapshot }) =>
    snapshot(async (sql) => {
      const { rows } = await sql.query<HoldRow>(
        `SELECT * FROM (
           SELECT h.id, h.amount, coalesce(g.state::text, r.state::text) AS owner,
                  coalesce(g.state IN ('held', 'running') OR r.state = 'open', false) AS is_owned,
                  h.expires_at < now() - make_interval(secs => $2) AS is_overdue
             FROM ledger.hold h LEFT JOIN generation g ON g.id = h.id LEFT JOIN relay r ON r.id = h.id WHERE h.state = 'open') x
          WHERE NOT is_owned OR is_overdue LIMIT $1`,
        [FINDINGS_SHOWN, SWEEPER_SECONDS],
      );
      const open = await sql.query<{ n: string }>(`SELECT count(*) AS n FROM ledger.hold WHERE state = 'open'`);
      return { compared: `${open.rows[0]?.n} open holds`, findings: rows.map(toFinding) };
    }),
};

function toFinding({ id, amount, owner, is_owned }: HoldRow): Finding {
  const subject = `hold ${id}`;
  if (is_owned) {
    const explanation = 'It should have been let go at its end. The sweeper does not run: see whether a worker is alive.';
    return amountFinding({ kind: 'overdue', subject, explanation }, 'millicredits', 0n, BigInt(amount));
  }
  const why = owner ? `what it was for has ended (${owner})` : 'there is no run or mint of this id';
  const explanation = `Credits are set aside though ${why}. They come free when the hold expires; find out who made it.`;
  return amountFinding({ kind: 'without_owner', subject, explanation }, 'millicredits', 0n, BigInt(amount));
}
