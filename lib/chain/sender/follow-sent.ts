import { signerOf } from '@/lib/keys/sealed-keys';
import { broadcast } from './broadcast';
import { currentFees, replacementFees } from './fees';
import { findMined, markMined } from './find-mined';
import { findTaker } from './find-taker';
import type { Place } from './place';
import { type Attempt, type AttemptKind, attemptsOf, type TransactionRow } from './rows';
import { settle } from './settle';
import { signAttempt } from './sign-attempt';
import { simulate } from './simulate';
import { FILL } from './types';

const REBROADCAST_MS = 4_000;

/**
 * Follows a transaction that has a nonce until it is mined. First what the chain knows, then what to do: nothing is sent again before the
 * receipts of all attempts and the nonce were looked at.
 */
export async function followSent(place: Place, row: TransactionRow): Promise<void> {
  const { db, client } = place;
  const attempts = await attemptsOf(db.pool, row.id);
  const { address } = await signerOf(db, row.keyId);
  const chainNonce = await client.getTransactionCount({ address });
  // Looked for after the nonce was read, so that one that is mined in between is found.
  const mined = await findMined(client, attempts);
  if (mined) return markMined(place, row, mined);
  if (row.nonce !== null && chainNonce > row.nonce) return endIfTaken(place, row, address, attempts);

  const last = attempts.at(-1);
  const isNext = chainNonce === row.nonce;
  if (!last) return signNext(place, row, { address, number: 1, last: null });
  const isStuck = Date.now() - last.createdAt.getTime() > place.limits.stuckMs && (isNext || last.maxFeeWei < place.head.baseFeeWei);
  if (isStuck || (last.broadcastAt === null && (await kindNow(place, row, address, last)) !== last.kind)) {
    return signNext(place, row, { address, number: last.number + 1, last });
  }
  if (last.broadcastAt === null || Date.now() - last.broadcastAt.getTime() > REBROADCAST_MS) await broadcast(place, row, last);
}

/**
 * The nonce is used and no attempt has a receipt. Ours can never be mined if another transaction is shown to have used it, at the depth at
 * which everything is believed. A missing receipt alone is no proof: a node may have lost it, and a payout would be made twice.
 */
async function endIfTaken(place: Place, row: TransactionRow, address: `0x${string}`, attempts: Attempt[]): Promise<void> {
  const { client, head, limits, alerts } = place;
  const nonce = row.nonce ?? 0;
  const blockNumber = head.number - BigInt(limits.confirmations);
  if (blockNumber < 0n || (await client.getTransactionCount({ address, blockNumber })) <= nonce) return;
  const taker = await findTaker(client, address, nonce, blockNumber);
  if (taker && attempts.every(({ hash }) => hash !== taker)) return settle(place, row, { outcome: 'refused', error: 'nonce_taken' });
  await alerts('outcome_unknown', row.id, { address, nonce, taker: taker ?? 'not found' });
}

type Next = { address: `0x${string}`; number: number; last: Attempt | null };

/** A new attempt for the same nonce, with fees that nodes take in place of the one before. */
async function signNext(place: Place, row: TransactionRow, { address, number, last }: Next): Promise<void> {
  const { client, head, limits, alerts } = place;
  const current = await currentFees(client, head.baseFeeWei, limits.maxFeeWei);
  const fees = last ? replacementFees(last, current, limits.maxFeeWei) : current;
  if (!fees) {
    await alerts('gas_too_dear', row.keyId, { transaction: row.id, nonce: row.nonce ?? 0 });
    if (last) await broadcast(place, row, last);
    return;
  }
  const kind = await kindNow(place, row, address, last);
  const attempt = kind && (await signAttempt(place, row, number, kind, fees));
  if (attempt) await broadcast(place, row, attempt);
}

/**
 * What the nonce is used for now. A call that would revert by now gives its nonce up by a cancel, which costs less; a cancel stays one, for
 * whoever waits may have been told. Null when the nonce was used meanwhile: the call may revert because it has just happened, and a cancel
 * signed for that would take its place after a reorg. The next look finds it.
 */
async function kindNow({ client }: Place, row: TransactionRow, address: `0x${string}`, last: Attempt | null): Promise<AttemptKind | null> {
  if (row.purpose === FILL || last?.kind === 'cancel') return 'cancel';
  if ((await simulate(client, address, row.call)).kind !== 'reverts') return 'call';
  return (await client.getTransactionCount({ address })) > (row.nonce ?? 0) ? null : 'cancel';
}
