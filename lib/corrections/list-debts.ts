import 'server-only';
import type { Pool } from 'pg';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import type { Database } from '@/lib/db';
import type { DebtDto } from './schema';
import { type DebtMove, standingDebt } from './standing-debt';

const SHOWN = 100;
type Row = { account: string; user_id: string; address: string; owed: string; reserve: string; proposed: boolean };

/** Who owes, longest first. For operators. */
export async function listDebts({ pool }: Pick<Database, 'pool'>, actor: Actor): Promise<DebtDto[]> {
  requireOperator(actor);
  const { rows } = await pool.query<Row>(
    `SELECT a.id AS account, u.id AS user_id, u.address, a.debits_posted - a.credits_posted AS owed,
            (SELECT coalesce(sum(x.millicredits), 0) FROM card_purchase p JOIN card_dispute d ON d.purchase_id = p.id AND d.state = 'lost'
               JOIN card_dispute_part x ON x.dispute_id = d.id AND x.state = 'held' WHERE p.user_id = u.id AND p.owes) AS reserve,
            EXISTS (SELECT 1 FROM correction c WHERE c.credit_id = a.id AND c.kind = 'write_off' AND c.state = 'proposed') AS proposed
       FROM ledger.account a JOIN "user" u ON u.id::text = a.owner
      WHERE a.asset = 1 AND a.kind = 'collector_debt' AND a.sub = '' AND a.debits_posted > a.credits_posted ORDER BY a.id LIMIT ${SHOWN}`,
  );
  const moves = await movesOf(
    pool,
    rows.map(({ account }) => account),
  );
  return rows.map((row) => toDto(row, moves.get(row.account) ?? [], actor)).sort((a, b) => a.since.localeCompare(b.since));
}

/** The indexes of transfers leave runs out, which never are a debt. Of the same moment what is asked for comes first. */
async function movesOf(pool: Pool, accounts: string[]): Promise<Map<string, DebtMove[]>> {
  const { rows } = await pool.query<{ account: string; at: Date; change: string; from: string }>(
    `SELECT t.debit_id AS account, t.at, t.amount AS change, c.kind::text AS "from" FROM ledger.transfer t JOIN ledger.account c ON c.id = t.credit_id
      WHERE t.debit_id = ANY ($1) AND t.code NOT IN ('run_creator', 'run_parent', 'run_fee', 'relay_fee')
     UNION ALL
     SELECT t.credit_id, t.at, -t.amount, '' FROM ledger.transfer t WHERE t.credit_id = ANY ($1) AND t.code <> 'run_fee'
      ORDER BY at, change DESC`,
    [accounts],
  );
  const moves = new Map<string, DebtMove[]>();
  for (const { account, at, change, from } of rows) moves.set(account, [...(moves.get(account) ?? []), { at, change: BigInt(change), from }]);
  return moves;
}

function toDto({ user_id, address, owed, reserve, proposed }: Row, moves: DebtMove[], actor: Actor): DebtDto {
  const { since, causes } = standingDebt(moves);
  return {
    userId: user_id,
    address,
    owedMillicredits: owed,
    reserveMillicredits: reserve,
    since: since.toISOString(),
    causes,
    proposed,
    own: user_id === actor.userId,
  };
}
