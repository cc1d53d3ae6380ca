import { amountFinding, type Check, FINDINGS_SHOWN } from '../finding';

/** The loop adds them up every five seconds; a busy hour brings some thousands between two turns. */
const DELTAS_NORMAL = 50_000;

type StreamRow = { id: string; kind: string; owner: string; n: string };

/** What was earned is added up as it comes, so that reading a balance stays cheap. */
export const checkStreams: Check = {
  name: 'streams',
  run: ({ snapshot }) =>
    snapshot(async (sql) => {
      const { rows } = await sql.query<StreamRow>(
        `SELECT a.id, a.kind::text, a.owner, d.n FROM (SELECT account_id, count(*) AS n FROM ledger.credit_delta GROUP BY 1) d
           JOIN ledger.account a ON a.id = d.account_id ORDER BY d.n DESC LIMIT $1`,
        [FINDINGS_SHOWN],
      );
      const total = rows.reduce((sum, { n }) => sum + Number(n), 0);
      const explanation = 'The loop that adds up the revenue streams is behind. No money is wrong; balances get slow. See whether a worker is alive.';
      return {
        compared: `${total} amounts wait to be added up`,
        findings: rows
          .filter(({ n }) => Number(n) > DELTAS_NORMAL)
          .map(({ id, kind, owner, n }) =>
            amountFinding({ kind: 'piling_up', subject: `account ${id} (${kind} of ${owner})`, explanation }, 'pieces', 0n, BigInt(n)),
          ),
      };
    }),
};
