import type { PoolClient } from 'pg';
import { AppError } from '@/lib/errors';
import { openAccount } from './accounts';
import { mustPost, postTransfer } from './post-transfer';
import { type CapturedShare, sharesOfCapture } from './spends';

/**
 * Gives a captured hold back, each share to the lot that paid it and from whoever got it: once for each `ref`. Earnings that matured
 * meanwhile come from what can be paid out; what is paid out already is the platform's loss.
 */
export async function refundCapture(tx: PoolClient, { capture, ref }: { capture: string; ref: string }): Promise<void> {
  const shares = await sharesOfCapture(tx, capture);
  await lockAll(tx, shares);
  for (const share of shares) await giveBack(tx, ref, share);
}

/**
 * Gives back what the capture brought its run's creator, to the lots that paid it: once for each `ref`. It comes from what they have; where that is not
 * enough, `insufficient_earnings`: the house does not pay for what they give.
 */
export async function refundShareOfCreator(tx: PoolClient, { capture, ref }: { capture: string; ref: string }): Promise<void> {
  const shares = (await sharesOfCapture(tx, capture)).filter(({ code }) => code === 'run_creator');
  await lockAll(tx, shares);
  for (const share of shares) if (!(await giveBackFromCreator(tx, ref, share))) throw new AppError('insufficient_earnings');
}

/** Everything the shares may move, before the first moves: two refunds, or a refund and a run of the same lots, would wait for each other. */
async function lockAll(tx: PoolClient, shares: CapturedShare[]): Promise<void> {
  const matured = [...new Set(shares.filter(({ kind }) => kind === 'creator_pending').map(({ owner }) => owner))];
  const accounts = shares.flatMap(({ lot, account }) => [lot, account]);
  for (const owner of matured) accounts.push(await openAccount(tx, 'creator_available', owner));
  if (shares.length > 0) accounts.push(await openAccount(tx, 'write_off', 'house'));
  await tx.query('SELECT ledger.lock_accounts($1)', [accounts]);
}

const backOf = (ref: string, { leg, lot, amountMillicredits, ref: about }: CapturedShare) => ({
  ...{ ref, leg, credit: lot, amountMillicredits, about },
  code: 'run_refund' as const,
});

async function giveBack(tx: PoolClient, ref: string, share: CapturedShare): Promise<void> {
  if (await giveBackFromCreator(tx, ref, share)) return;
  await mustPost(tx, { ...backOf(ref, share), debit: await openAccount(tx, 'write_off', 'house') });
}

/** From the account that got it, or from what matured of it. False where neither has enough. */
async function giveBackFromCreator(tx: PoolClient, ref: string, share: CapturedShare): Promise<boolean> {
  const { leg, account, kind, owner } = share;
  const back = backOf(ref, share);
  const before = await tx.query('SELECT 1 FROM ledger.transfer WHERE ref = $1 AND leg = $2', [ref, leg]);
  if (before.rowCount) return true;
  if ((await postTransfer(tx, { ...back, debit: account })) !== 'insufficient') return true;
  const matured = kind === 'creator_pending' ? await openAccount(tx, 'creator_available', owner) : null;
  return matured !== null && (await postTransfer(tx, { ...back, debit: matured })) !== 'insufficient';
}
