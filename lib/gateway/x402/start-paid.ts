import 'server-only';
import type { Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import { takeOne } from '@/lib/auth/rate-limit';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { startGenerations } from '@/lib/generations/start-generations';
import { newId } from '@/lib/ids';
import { countCall, judge, modelLimit, walletName } from '../limits';
import type { GatewayCall } from '../route';
import type { RunInput } from '../schema';
import { checkPayment, invalidPayment } from './check-payment';
import type { Facilitator } from './facilitator';
import { identifierOf } from './find-payment';
import { isSignedByKey } from './is-signed-by-key';
import { lookAtPayer } from './look-at-payer';
import { priceCall } from './price-call';
import type { PaymentPayload, Requirements } from './schema';
import { requirementsOf, type Terms } from './terms';

/** Of one payer: those under way, and those of the last day that were delivered and could not be settled. */
const MOST_UNSETTLED = 8;
/** Of one model in a day: runs that were delivered and not paid, whoever's. A tenth of those that were paid comes on top (`x402_open`). */
const MOST_LOST = 20;
/** An authorization that is unused now may have been used in a block that a reorg takes away. */
const BLOCKS_BEFORE = 100n;

export type PaidCall = {
  terms: Terms;
  requirements: Requirements;
  input: RunInput;
  payment: PaymentPayload;
  digest: string;
  facilitator: Facilitator;
};

/**
 * Starts the run that a payment is for: what it says is checked, then the facilitator asked, and only then is there a user, a row and a run, in one
 * transaction. Throws `payment_invalid`, `payments_pending`, `payments_paused`; `payment_conflict` also where the same call was faster.
 */
export async function startPaid(db: Database, call: GatewayCall<unknown>, paid: PaidCall): Promise<void> {
  const { terms, requirements, input, payment, digest, facilitator } = paid;
  const { authorization } = payment.payload;
  checkPayment(payment, requirements);
  if (!isSignedByKey(terms, payment)) await takeOne('contractSignature', call.address);
  const [id, { head, balance }] = [newId(), await lookAtPayer(terms.asset, authorization.from)];
  const refusal = await facilitator.verify({ id, chainId: terms.chainId, payload: payment, requirements });
  if (refusal !== null) throw invalidPayment(refusal);
  const actor = await openPayer(db, authorization.from);
  const { token, quoteId, millicredits, modelId } = await priceCall(db, call.note, input, actor);
  // The price has changed since it was asked for.
  if (requirementsOf(terms, millicredits).amount !== requirements.amount) throw invalidPayment('amount_mismatch');
  const limit = modelLimit(actor.userId, modelId);
  judge(call.limits, await countCall(db, [walletName(actor.userId), limit.name]), [limit]);
  await startGenerations(
    db,
    actor,
    { token },
    {
      ...{ id, chain: terms.chainId, asset: terms.asset, payer: authorization.from, nonce: authorization.nonce, pay_to: terms.payTo },
      ...{ amount: requirements.amount, valid_before: Number(authorization.validBefore), payload: payment, requirements },
      ...{ identifier: identifierOf(payment), request: digest, most_unsettled: MOST_UNSETTLED, most_lost: MOST_LOST },
      balance: balance.toString(),
      from_block: (head > BLOCKS_BEFORE ? head - BLOCKS_BEFORE : 0n).toString(),
    },
  );
  call.note.quoteId = quoteId;
  call.note.millicredits = millicredits;
}

/** The user of a wallet that has proved to be the payer's; made at the first payment, as sign-in does. */
async function openPayer({ pool }: Pick<Database, 'pool'>, address: Hex): Promise<Actor> {
  await pool.query('INSERT INTO "user" (id, address) VALUES ($1, $2) ON CONFLICT (address) DO NOTHING', [newId(), address]);
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM "user" WHERE address = $1', [address]);
  if (!rows[0]) throw new AppError('internal');
  return { userId: rows[0].id, address };
}
