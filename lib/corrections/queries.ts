import 'server-only';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import { ASSET } from '@/lib/credits/accounts';
import type { Database } from '@/lib/db';
import type { CorrectedAccountDto, CorrectionDto } from './schema';

const SHOWN = 50;

type Account = CorrectedAccountDto & { asset: number; holder: string };
type Row = Omit<CorrectionDto, 'debit' | 'credit' | 'unit' | 'approvable' | 'refusable' | 'proposedAt' | 'decidedAt'> & {
  debit: Account;
  credit: Account;
  proposerId: string;
  proposedAt: Date;
  decidedAt: Date | null;
};

/** What waits for a second operator, oldest first. For operators. */
export const listProposals = (db: Pick<Database, 'pool'>, actor: Actor): Promise<CorrectionDto[]> =>
  list(db, actor, `c.state = 'proposed' ORDER BY c.proposed_at`);

/** What was posted or refused lately, newest first, with who, when and why. For operators. */
export const listDecided = (db: Pick<Database, 'pool'>, actor: Actor): Promise<CorrectionDto[]> =>
  list(db, actor, `c.state <> 'proposed' ORDER BY c.decided_at DESC`);

const account = (
  id: string,
) => `(SELECT json_build_object('id', a.id::text, 'asset', a.asset, 'kind', a.kind, 'holder', coalesce(h.id::text, a.owner), 'sub', a.sub,
    'owner', coalesce(u.address, a.owner), 'available', b.available::text)
  FROM ledger.account a CROSS JOIN LATERAL ledger.balance(a.id) b LEFT JOIN "user" u ON u.id::text = a.owner
    LEFT JOIN pass_token t ON a.kind = 'pass_runs' AND t.id = a.owner LEFT JOIN "user" h ON h.address = t.holder WHERE a.id = ${id})`;

async function list({ pool }: Pick<Database, 'pool'>, actor: Actor, which: string): Promise<CorrectionDto[]> {
  requireOperator(actor);
  const { rows } = await pool.query<Row>(
    `SELECT c.id, c.kind, c.state, c.amount, c.reason, c.public_reason AS "publicReason", c.approvals_needed AS "approvalsNeeded",
            c.proposed_by AS "proposerId", p.address AS "proposedBy", c.proposed_at AS "proposedAt", d.address AS "decidedBy", c.decided_at AS "decidedAt",
            c.refused_because AS "refusedBecause", ${account('c.debit_id')} AS debit, ${account('c.credit_id')} AS credit
       FROM correction c JOIN "user" p ON p.id = c.proposed_by LEFT JOIN "user" d ON d.id = c.decided_by WHERE ${which} LIMIT ${SHOWN}`,
  );
  return rows.map((row) => toDto(row, actor));
}

function toDto({ proposerId, debit, credit, proposedAt, decidedAt, ...row }: Row, { userId }: Actor): CorrectionDto {
  const refusable = row.state === 'proposed' && debit.holder !== userId && credit.holder !== userId;
  return {
    ...row,
    debit: toAccount(debit),
    credit: toAccount(credit),
    unit: debit.asset === ASSET.runs ? 'runs' : debit.asset === ASSET.gwei ? 'gwei' : 'millicredits',
    proposedAt: proposedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
    approvable: refusable && proposerId !== userId,
    refusable,
  };
}

const toAccount = ({ id, kind, owner, sub, available }: Account): CorrectedAccountDto => ({ id, kind, owner, sub, available });
