import 'server-only';
import type { PublicClient } from 'viem';
import { raiseAlert } from '@/lib/alerts/raise-alert';
import { withoutUrl } from '@/lib/chain/chain-error';
import { chainId, publicClient } from '@/lib/chain/client';
import { withIndexedBlock } from '@/lib/chain/indexer/cursor';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { endGeneration } from '@/lib/generations/end-generation';
import { onDisk } from '@/lib/jobs/on-disk';
import { log } from '@/lib/log';
import { creditPayment } from './credit-payment';
import { type Facilitator, facilitatorOf } from './facilitator';
import { lookAtChain, type Place } from './look-at-chain';
import { BELIEVED_AFTER_SECONDS, claimPayments, closePayment, lookAgain, type OpenPayment } from './open-payments';

const AT_ONCE = 16;
/** A run waits for it, and somebody for the run. */
const SOON_SECONDS = 1;
/** It may still come late. */
const LATER_SECONDS = 20;
const ASK_AGAIN_SECONDS = 30;

/**
 * Settles what runs have delivered, and watches each payment until nothing more can come of it. The chain is looked at before anything is asked for and
 * before anything is decided. Any number of processes may do this, and any may die anywhere.
 */
export async function settlePayments(db: Database, given: { client?: PublicClient; facilitator?: Facilitator } = {}): Promise<void> {
  const [client, facilitator] = [given.client ?? publicClient(), given.facilitator ?? facilitatorOf(db)];
  const claimed = await claimPayments(db.pool, await chainId(), { confirmations: env.CONFIRMATIONS, limit: AT_ONCE });
  await Promise.all(
    claimed.map(async (payment) => {
      const seconds = await follow(db, { client, facilitator }, payment).catch(async (error: unknown) => {
        log.warn({ err: withoutUrl(error), payment: payment.id, run: payment.run }, 'a payment could not be followed; it is tried again');
        if (payment.isOverdue) await tellOperators(db, payment);
        return payment.run === 'due' ? SOON_SECONDS : LATER_SECONDS;
      });
      if (seconds === null) return closePayment(db.pool, payment.id);
      await lookAgain(db.pool, payment.id, seconds);
    }),
  );
}

type Parts = { client: PublicClient; facilitator: Facilitator };

/** Returns in how many seconds to look again; null when nothing more can come of it. */
async function follow(db: Database, { client, facilitator }: Parts, payment: OpenPayment): Promise<number | null> {
  if (payment.deposit === 'final') return null;
  if (payment.deposit !== 'none' || payment.run === 'under way') return LATER_SECONDS;
  const sight = await lookAtChain(client, payment);
  if (sight.kind === 'paid') {
    // A run is captured as soon as a transaction of ours would be safe; what is only the payer's waits for lib/payments.
    const isBooked = await creditPayment(db, payment, sight.place, Math.ceil(env.CONFIRMATIONS / 2));
    if (isBooked) await onDisk(db.pool);
    else if (payment.isOverdue) await tellOperators(db, payment);
    return isBooked ? LATER_SECONDS : SOON_SECONDS;
  }
  const isOver = sight.kind === 'void' ? await isFinal(db, payment, sight.place) : payment.hasEnded;
  if (payment.run === 'due' && (isOver || payment.refusal !== null)) await fail(db, payment, payment.refusal ?? sight.kind);
  else if (payment.run === 'due') return sight.kind === 'unused' ? settle(db, facilitator, payment) : SOON_SECONDS;
  if (isOver) return null;
  // Released, and then a reorg took its settlement back: what the payer signed still stands.
  if (payment.run === 'captured' && sight.kind === 'unused') await settle(db, facilitator, payment);
  return LATER_SECONDS;
}

/** Once for each: money may have come that is in nobody's books. Of a payment that has ended all is known some minutes later. */
const tellOperators = ({ pool }: Database, { id, chainId: chain, asset, payer, nonce, amount, run, deposit }: OpenPayment) =>
  raiseAlert(pool, {
    key: `x402 payment ${id}`,
    kind: 'x402_payment_stuck',
    text: 'A payment for a call ended an hour ago and is neither booked for good nor given up. See on the chain whether its authorization was used, and in the log why it could not be followed.',
    details: { payment: id, chainId: chain, asset, payer, nonce, amount: amount.toString(), run, deposit },
  });

const isFinal = (db: Database, { chainId: chain }: OpenPayment, { blockNumber: number, blockHash: hash }: Place) =>
  withIndexedBlock(db.pool, { chainId: chain, number, hash }, env.CONFIRMATIONS, async () => {});

/**
 * Asks for the settlement, once in a while: of an answer that is lost nothing is known, and one that was heard takes some time to be seen. A refusal is
 * written down, and the chain looked at again before it counts. Returns in how many seconds to look again.
 */
async function settle(db: Database, facilitator: Facilitator, payment: OpenPayment): Promise<number> {
  const { rowCount } = await db.pool.query(
    'UPDATE x402_payment SET asked_at = now() WHERE id = $1 AND (asked_at IS NULL OR asked_at < now() - make_interval(secs => $2))',
    [payment.id, ASK_AGAIN_SECONDS],
  );
  const refusal = rowCount ? await facilitator.settle(payment) : null;
  if (refusal === null) return SOON_SECONDS;
  log.warn({ payment: payment.id, refusal }, 'a payment was refused when it was to be settled');
  await db.pool.query('UPDATE x402_payment SET refusal = left($2, 300) WHERE id = $1', [payment.id, refusal]);
  return BELIEVED_AFTER_SECONDS;
}

async function fail(db: Database, { id, generationId }: OpenPayment, why: string): Promise<void> {
  const ended = await endGeneration(db, { id: generationId, attempt: null, from: ['running'], state: 'failed', error: 'payment_not_settled' });
  if (ended) log.warn({ payment: id, generation: generationId, why }, 'a run was delivered and not paid; its work is not released');
}
