import type { PoolClient } from 'pg';
import { newId } from '@/lib/ids';
import { smaller } from '@/lib/money';
import { openAccount } from './accounts';
import { debtFreeze, owedBy } from './credit-collector';
import { freezeSpending } from './freeze-spending';
import { lockCollectors } from './lock-collectors';
import { mustPost } from './post-transfer';

/** What was sold by card is made up for by card credits, what came over the chain by those. Bonus repays nothing: it is not money. */
const repaidBy: Record<string, string> = { card_clearing: 'collector_purchased', till_clearing: 'collector_onchain', relay_fee: 'collector_onchain' };

type Lot = { id: string; kind: string; sub: string; free: string };

/**
 * Repays what a collector owes from unspent credits: those that came free after a refund or a reversal had found too few. `except`: refs
 * of lots that something else lays claim to. Returns what was repaid.
 */
export async function repayFromUnspent(tx: PoolClient, { userId, except = [] }: { userId: string; except?: string[] }): Promise<bigint> {
  const debt = await openAccount(tx, 'collector_debt', userId);
  await lockCollectors(tx, [userId], [debt]);
  const owed = await owedBy(tx, debt);
  if (owed === 0n) return 0n;
  const open = await openDebts(tx, debt, owed);
  const ref = newId();
  let repaid = 0n;
  for (const [leg, { id, kind, sub, free }] of (await freeLots(tx, userId, except)).entries()) {
    const amountMillicredits = smaller(BigInt(free), open.get(kind) ?? 0n);
    if (amountMillicredits <= 0n) continue;
    await mustPost(tx, { ref, leg, debit: BigInt(id), credit: debt, amountMillicredits, code: 'debt_repaid', about: sub });
    open.set(kind, (open.get(kind) ?? 0n) - amountMillicredits);
    repaid += amountMillicredits;
  }
  if (repaid === owed) await freezeSpending(tx, { userId, ref: debtFreeze(userId), on: false });
  return repaid;
}

/**
 * What is owed by the kind of lots that repays it; no lot repays a correction. Whatever came in has repaid the oldest first, so the newest are
 * open. (The index leaves runs out, which never are a debt.)
 */
async function openDebts(tx: PoolClient, debt: bigint, owed: bigint): Promise<Map<string, bigint>> {
  const { rows } = await tx.query<{ kind: string; amount: string }>(
    `SELECT a.kind, t.amount FROM ledger.transfer t JOIN ledger.account a ON a.id = t.credit_id
      WHERE t.debit_id = $1 AND t.code NOT IN ('run_creator', 'run_parent', 'run_fee', 'relay_fee') ORDER BY t.at DESC, t.ref`,
    [debt],
  );
  const open = new Map<string, bigint>();
  let left = owed;
  for (const { kind, amount } of rows) {
    const part = smaller(BigInt(amount), left);
    const lots = repaidBy[kind] ?? '';
    open.set(lots, (open.get(lots) ?? 0n) + part);
    left -= part;
  }
  return open;
}

async function freeLots(tx: PoolClient, userId: string, except: string[]): Promise<Lot[]> {
  const { rows } = await tx.query<Lot>(
    `SELECT l.id, l.kind, l.sub, l.credits_posted - l.debits_posted - l.debits_pending AS free
       FROM ledger.purse p JOIN ledger.account l ON l.purse_id = p.id AND NOT l.spent
      WHERE p.asset = 1 AND p.owner = $1 AND l.kind = ANY ($2::ledger.account_kind[]) AND l.sub <> ALL ($3) ORDER BY l.id`,
    [userId, Object.values(repaidBy), except],
  );
  return rows;
}
