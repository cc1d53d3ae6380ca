import type { PoolClient } from 'pg';
import { type Address, decodeFunctionData, erc20Abi, type Hex, type PublicClient, type Transaction, type TransactionReceipt } from 'viem';
import { publicClient } from '@/lib/chain/client';
import { PAYOUT_PURPOSE } from '@/lib/payouts/rails/chain-rail';
import { type Check, FINDINGS_SHOWN, type Finding, factFinding } from '../finding';

/** Payouts whose transactions are asked for anew in one run, newest first. */
const TRANSACTIONS_ASKED = 1000;
const PAYOUTS_PAGE = '/admin/payouts';

type Paid = { id: string; rail: 'eth' | 'usdc'; destination: Address; amount: string; tx_hash: Hex | null };

/** Payouts against the ledger, and those the chain paid against its transactions. */
export const checkPayouts: Check = {
  name: 'payouts',
  run: async ({ snapshot }) => {
    const { audit, paid, back, all } = await snapshot(async (sql) => ({
      audit: await readAudit(sql),
      paid: await readPaid(sql),
      back: await readGivenBack(sql),
      all: await count(sql),
    }));
    const client = publicClient();
    const onChain = await Promise.all([...paid.map((payout) => lookAt(client, payout)), ...back.map((one) => lookAtGivenBack(client, one))]);
    return { compared: `${all} payouts, ${paid.length} of them paid on the chain`, findings: [...audit, ...onChain.flat()].slice(0, FINDINGS_SHOWN) };
  },
};

async function readAudit(sql: PoolClient): Promise<Finding[]> {
  const { rows } = await sql.query<{ what: string; id: string }>('SELECT what, id FROM payout_audit LIMIT $1', [FINDINGS_SHOWN]);
  const explanation =
    'A payout and its ledger entries are written in one transaction, and contradict each other. Look for writes with the owner’s role.';
  return rows.map(({ what, id }) =>
    factFinding({ kind: 'contradiction', subject: `payout ${id}`, href: PAYOUTS_PAGE, explanation }, 'payout and ledger that agree', what),
  );
}

async function readPaid(sql: PoolClient): Promise<Paid[]> {
  const { rows } = await sql.query<Paid>(
    `SELECT id, rail, lower(destination) AS destination, amount_out AS amount, tx_hash FROM payout
      WHERE state = 'sent' AND rail IN ('eth', 'usdc') ORDER BY ended_at DESC LIMIT $1`,
    [TRANSACTIONS_ASKED],
  );
  return rows;
}

type GivenBack = { id: string; hash: Hex };

/** Everything that was ever signed for payouts whose credits went back. */
async function readGivenBack(sql: PoolClient): Promise<GivenBack[]> {
  const { rows } = await sql.query<GivenBack>(
    `SELECT p.id, a.hash FROM payout p JOIN chain_transaction t ON t.ref = p.id AND t.purpose = $2
       JOIN chain_attempt a ON a.transaction_id = t.id AND a.kind = 'call'
      WHERE p.state = 'failed' AND p.rail IN ('eth', 'usdc') ORDER BY p.ended_at DESC LIMIT $1`,
    [TRANSACTIONS_ASKED, PAYOUT_PURPOSE],
  );
  return rows;
}

async function lookAtGivenBack(client: PublicClient, { id, hash }: GivenBack): Promise<Finding[]> {
  const found = await readTransaction(client, hash);
  if (found?.receipt.status !== 'success') return [];
  const explanation = 'The payout failed and its credits went back, and now the chain has its transaction as succeeded. Take the credits back.';
  return [factFinding({ kind: 'paid_and_given_back', subject: `payout ${id}`, href: PAYOUTS_PAGE, explanation }, 'no transaction', hash)];
}

async function count(sql: PoolClient): Promise<number> {
  const { rows } = await sql.query<{ n: number }>('SELECT count(*)::int AS n FROM payout');
  return rows[0]?.n ?? 0;
}

async function lookAt(client: PublicClient, payout: Paid): Promise<Finding[]> {
  const told = { subject: `payout ${payout.id}`, href: PAYOUTS_PAGE };
  const expected = `${payout.amount} ${payout.rail === 'eth' ? 'wei' : 'units of USDC'} to ${payout.destination}`;
  const found = payout.tx_hash ? await readTransaction(client, payout.tx_hash) : null;
  if (found?.receipt.status !== 'success') {
    const explanation = 'The payout says it was sent, and the chain has no transaction of it that succeeded. Pay the creator, and find out why.';
    return [factFinding({ ...told, kind: 'not_on_chain', explanation }, expected, found ? 'a transaction that reverted' : 'no transaction')];
  }
  const actual = transferOf(payout.rail, found.transaction);
  if (actual === expected) return [];
  const explanation = 'The transaction of this payout moved something else than the payout says. Compare the two.';
  return [factFinding({ ...told, kind: 'wrong_transfer', explanation }, expected, actual)];
}

type Found = { transaction: Transaction; receipt: TransactionReceipt };

async function readTransaction(client: PublicClient, hash: Hex): Promise<Found | null> {
  const [transaction, receipt] = await Promise.all([
    client.getTransaction({ hash }).catch(missing),
    client.getTransactionReceipt({ hash }).catch(missing),
  ]);
  return transaction && receipt ? { transaction, receipt } : null;
}

/** Not found is an answer; not answered is none. */
function missing(error: unknown): null {
  if (error instanceof Error && /NotFoundError$/.test(error.name)) return null;
  throw error;
}

function transferOf(rail: Paid['rail'], { to, value, input }: Transaction): string {
  if (rail === 'eth') return `${value} wei to ${to?.toLowerCase()}`;
  const { functionName, args } = decodeFunctionData({ abi: erc20Abi, data: input });
  return functionName === 'transfer' ? `${args[1]} units of USDC to ${args[0].toLowerCase()}` : `a call of ${functionName}`;
}
