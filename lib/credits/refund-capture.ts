import type { PoolClient } from 'pg';
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

/** Everything the shares may move, before the first moves: two refunds, or a refund and a run of the same lots, would wait for each other. */
async function lockAll(tx: PoolClient, shares: CapturedShare[]): Promise<void> {
  const matured = [...new Set(shares.filter(({ kind }) => kind === 'creator_pending').map(({ owner }) => owner))];
  const accounts = shares.flatMap(({ lot, account }) => [lot, account]);
  for (const owner of matured) accounts.push(await openAccount(tx, 'creator_available', owner));
  if (shares.length > 0) accounts.push(await openAccount(tx, 'write_off', 'house'));
  await tx.query('SELECT ledger.lock_accounts($1)', [accounts]);
}

async function giveBack(tx: PoolClient, ref: string, share: CapturedShare): Promise<void> {
  const { leg, lot, account, kind, owner, amountMillicredits } = share;
  const back = { ref, leg, credit: lot, amountMillicredits, code: 'run_refund' as const, about: share.ref };
  const before = await tx.query('SELECT 1 FROM ledger.transfer WHERE ref = $1 AND leg = $2', [ref, leg]);
  if (before.rowCount) return;
  if ((await postTransfer(tx, { ...back, debit: account })) !== 'insufficient') return;
  const matured = kind === 'creator_pending' ? await openAccount(tx, 'creator_available', owner) : null;
  if (matured && (await postTransfer(tx, { ...back, debit: matured })) !== 'insufficient') return;
  await mustPost(tx, { ...back, debit: await openAccount(tx, 'write_off', 'house') });
}
