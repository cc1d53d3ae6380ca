import type { PoolClient } from 'pg';
import { encodeFunctionData, erc20Abi, type Hex } from 'viem';
import { type Check, FINDINGS_SHOWN, type Finding, factFinding } from '../finding';

type Row = {
  tx_hash: Hex | null;
  ordinal: number | null;
  deposit: string | null;
  payer: Hex | null;
  token: Hex | null;
  amount: string | null;
  ref: string;
  transaction: string | null;
  to: Hex | null;
  data: Hex | null;
  value_wei: string | null;
};

const ENDED = ['safe', 'reverted', 'refused'];

/** What was given back to payers: one transaction of the treasury for each, of the same money to the same address. */
export const checkReturned: Check = {
  name: 'returned',
  run: ({ snapshot }) =>
    snapshot(async (sql) => {
      const rows = await readRefunds(sql);
      return { compared: `${rows.length} payments given back or on their way`, findings: rows.flatMap(compare).slice(0, FINDINGS_SHOWN) };
    }),
};

/** Both sides of each refund; one of them may be missing. */
async function readRefunds(sql: PoolClient): Promise<Row[]> {
  const { rows } = await sql.query<Row>(
    `SELECT d.tx_hash, d.ordinal, d.state::text AS deposit, d.payer, d.token, d.amount, coalesce(d.refund_ref, t.ref) AS ref,
            t.state::text AS transaction, lower(t."to") AS "to", t.data, t.value_wei
       FROM (SELECT * FROM deposit WHERE refund_ref IS NOT NULL) d
       FULL JOIN (SELECT * FROM chain_transaction WHERE purpose = 'deposit_refund' AND state NOT IN ('reverted', 'refused')) t ON t.ref = d.refund_ref`,
  );
  return rows;
}

function compare(row: Row): Finding[] {
  const subject = row.tx_hash ? `deposit ${row.tx_hash} #${row.ordinal}` : `refund ${row.ref}`;
  const [expected, actual] = [`${row.deposit ?? 'no deposit'}`, `transaction ${row.transaction ?? 'missing'}`];
  if (!agrees(row)) {
    const explanation =
      'A payment and the treasury’s transaction that gives it back contradict each other: it may be given back twice, or never. Stop the refund, and look whether the deposit was credited, too.';
    return [factFinding({ kind: 'contradiction', subject, explanation }, expected, actual)];
  }
  const [ours, theirs] = [expectedCall(row), `${row.value_wei} wei to ${row.to} with ${row.data}`];
  if (ours === theirs) return [];
  const explanation = 'The treasury’s transaction gives back something else than was paid, or to somebody else. Compare the two.';
  return [factFinding({ kind: 'wrong_refund', subject, explanation }, ours, theirs)];
}

function agrees({ deposit, transaction }: Row): boolean {
  if (deposit === 'refunded') return transaction === 'safe';
  return deposit === 'refunding' && transaction !== null && !ENDED.includes(transaction);
}

function expectedCall({ payer, token, amount }: Row): string {
  if (!token) return `${amount} wei to ${payer} with 0x`;
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [payer ?? '0x', BigInt(amount ?? 0)] });
  return `0 wei to ${token} with ${data}`;
}
