import { amountFinding, type Check, FINDINGS_SHOWN, type Finding, factFinding } from '../finding';

type AuditRow = { what: string; id: string; have: string; want: string };

/** What a contradiction of each kind means. The names are those of the view `ledger.audit`. */
const meanings: Record<string, string> = {
  debits: 'An account says another sum of debits than its transfers do. The row was changed by hand, or a write was lost.',
  credits: 'An account says another sum of credits than its transfers do. The row was changed by hand, or a write was lost.',
  pending: 'An account sets aside another amount than its open holds do.',
  hold: 'A captured hold and the transfers it became do not have the same sum.',
  'hold legs': 'A hold and its legs do not have the same sum.',
  overdraft: 'An account that may not go below zero is below zero.',
  spent: 'A lot is marked as spent and is not.',
  purse: 'A collector’s balance is not the sum of their lots.',
  entries: 'A statement does not add up to the balance, or lines are missing in it.',
  'running balance': 'A line of a statement shows another balance than the lines up to it add up to.',
  'no account': 'A transfer names an account that does not exist, or moves between two assets.',
  sum: 'Debits and credits of an asset do not cancel out: something was created or destroyed.',
};
const WHAT_TO_DO = 'Nothing in the app can do this: look for writes with the owner’s role, and mend it with a correction.';

/** The books against themselves: everything is added up again from the transfers. */
export const checkLedger: Check = {
  name: 'ledger',
  run: ({ snapshot }) =>
    snapshot(async (sql) => {
      const audit = await sql.query<AuditRow>('SELECT what, id, have, want FROM ledger.audit LIMIT $1', [FINDINGS_SHOWN]);
      const decided = await sql.query<Pick<AuditRow, 'what' | 'id'>>('SELECT what, id FROM correction_audit LIMIT $1', [FINDINGS_SHOWN]);
      const counted = await sql.query<{ accounts: string; transfers: string }>(
        'SELECT (SELECT count(*) FROM ledger.account) AS accounts, (SELECT count(*) FROM ledger.transfer) AS transfers',
      );
      return {
        compared: `${counted.rows[0]?.accounts} accounts with ${counted.rows[0]?.transfers} transfers`,
        findings: [...audit.rows.map(toFinding), ...decided.rows.map(toDecision)],
      };
    }),
};

function toFinding({ what, id, have, want }: AuditRow): Finding {
  const told = {
    kind: what.replaceAll(' ', '_'),
    subject: `${what} ${id}`,
    explanation: `${meanings[what] ?? 'The books contradict themselves.'} ${WHAT_TO_DO}`,
  };
  return amountFinding(told, what === 'no account' ? 'pieces' : 'millicredits', BigInt(want), BigInt(have));
}

/** What was posted by hand and what operators decided are one. */
function toDecision({ what, id }: Pick<AuditRow, 'what' | 'id'>): Finding {
  const explanation = 'A transfer by hand is not what operators decided. Nothing in the app can do this: look for writes with the owner’s role.';
  return factFinding({ kind: 'correction', subject: `correction ${id}`, explanation, href: '/admin/corrections' }, 'as decided', what);
}
