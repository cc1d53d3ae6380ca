import type { CapturedShare } from '@/lib/credits/spends';
import { smaller } from '@/lib/money';
import { type DisputeRow, loadParts, standing, sumOf } from './dispute-rows';
import type { Disputed } from './disputed';

export type Concerned = { share: CapturedShare; millicredits: bigint };

export const nameOf = ({ ref, leg }: { ref: string; leg: number }) => `${ref}/${leg}`;

/**
 * What pending shares of creators a dispute concerns, newest first. What is disputed and was not unspent is a stretch of the purchase's
 * spends, counted from the newest; it begins where those of earlier disputes end.
 */
export async function concernedShares(of: Disputed): Promise<Concerned[]> {
  let before = 0n;
  for (const { state, ...earlier } of of.earlier) if (state === 'open' || state === 'lost') before += await spentOf(of, earlier);
  let left = await spentOf(of, of.dispute);
  const concerned: Concerned[] = [];
  for (const share of (await standingSpends(of, of.accounts.spends)).reverse()) {
    const passed = smaller(share.amountMillicredits, before);
    const millicredits = smaller(share.amountMillicredits - passed, left);
    before -= passed;
    left -= millicredits;
    if (share.kind === 'creator_pending') concerned.push({ share, millicredits });
  }
  return concerned;
}

/** What a dispute is about beyond the unspent credits it took. */
async function spentOf({ tx, accounts }: Disputed, { id, millicredits }: Pick<DisputeRow, 'id' | 'millicredits'>): Promise<bigint> {
  return millicredits - sumOf(standing(await loadParts(tx, id)).filter(({ account }) => account === accounts.lot));
}

/** What a lot paid for, oldest first, without what was given back of it: all of a run that could not be kept, or the share that its model's creator gave. */
export async function standingSpends({ tx, purchase }: Disputed, spends: CapturedShare[]): Promise<CapturedShare[]> {
  const { rows } = await tx.query<{ ref: string; is_whole: boolean }>(
    `SELECT e.ref, sum(e.change) >= (SELECT sum(t.amount) FROM ledger.transfer t WHERE t.ref = e.ref) AS is_whole
       FROM ledger.entry e JOIN ledger.purse p ON p.id = e.purse_id AND p.asset = 1 AND p.owner = $1
      WHERE e.code = 'run_refund' AND e.ref = ANY ($2) GROUP BY e.ref`,
    [purchase.userId, spends.map(({ ref }) => ref)],
  );
  const wholeOf = new Map(rows.map(({ ref, is_whole }) => [ref, is_whole]));
  return spends.filter(({ ref, code }) => !wholeOf.has(ref) || (!wholeOf.get(ref) && code !== 'run_creator'));
}
