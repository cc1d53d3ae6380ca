import 'server-only';
import type { Actor } from '@/lib/actor';
import { holdOne } from '@/lib/auth/hold-few';
import { type Database, database } from '@/lib/db';
import { AppError, isErrorCode } from '@/lib/errors';
import { followRuns } from '@/lib/generations/follow-runs';
import type { GenerationDto } from '@/lib/generations/schema';
import type { Caller } from '../doors/door';
import { errorOf, problemResponse } from '../problem';
import { fresh, type GatewayCall } from '../route';
import { runBody } from '../runs/run-body';
import type { RunInput } from '../schema';
import { facilitatorOf } from './facilitator';
import { digestOf, findPayment, type KnownPayment } from './find-payment';
import { type PaymentResponse, paymentRequiredHeader, paymentResponseHeader, readPayment } from './headers';
import { priceCall } from './price-call';
import type { PaymentPayload, Requirements } from './schema';
import { startPaid } from './start-paid';
import { paymentTerms, requirementsOf, type Terms } from './terms';

/** What a route asks for and answers with, where the one call is paid. */
export type Payable = {
  read(call: GatewayCall<unknown>): Promise<RunInput>;
  write(db: Database, caller: Caller, run: GenerationDto, call: GatewayCall<unknown>): Promise<object>;
};

/** Proxies and clients give up on a silent connection sooner or later; who asks again goes on waiting. */
const WAIT_MS = 100_000;
const WAITS_AT_ONCE = 50;

/**
 * A call of somebody who has not said who they are: priced and answered with what to pay (402), or, with PAYMENT-SIGNATURE, run, settled and answered
 * with what was made. The same request again is the same run, also while it is made (202 when it takes long).
 */
export const payPerCall = (payable: Payable) => async (call: GatewayCall<Caller | null>) => {
  const db = database();
  const terms = await paymentTerms();
  if (!terms) throw new AppError('no_credentials');
  const input = await payable.read(call);
  const header = call.request.headers.get('payment-signature');
  const payment = header === null ? null : readPayment(header);
  const known = payment && (await findPayment(db, terms, payment, digestOf(call, payment)));
  if (payment && known) return answer(db, call, payable, { terms, payment, known });
  const requirements = requirementsOf(terms, (await priceCall(db, call.note, input)).millicredits);
  if (!payment) return refuse(call, requirements, new AppError('payment_required'));
  try {
    const started = await start(db, call, { terms, requirements, input, payment });
    return await answer(db, call, payable, { terms, payment, known: started });
  } catch (thrown) {
    const error = errorOf(thrown);
    if (error.code !== 'payment_invalid') throw error;
    return refuse(call, requirements, error);
  }
};

/** 402, with what would do. */
function refuse(call: GatewayCall<unknown>, requirements: Requirements, error: AppError): Response {
  const response = problemResponse(error);
  response.headers.set('payment-required', paymentRequiredHeader(call, requirements, error.message));
  return response;
}

type Starting = { terms: Terms; requirements: Requirements; input: RunInput; payment: PaymentPayload };

async function start(db: Database, call: GatewayCall<unknown>, starting: Starting): Promise<KnownPayment> {
  const { terms, payment } = starting;
  const digest = digestOf(call, payment);
  try {
    await startPaid(db, call, { ...starting, digest, facilitator: facilitatorOf(db) });
  } catch (error) {
    // The same request may have been faster, and then this is its answer too.
    if (!(error instanceof AppError && error.code === 'payment_conflict')) throw error;
  }
  const known = await findPayment(db, terms, payment, digest);
  if (!known) throw new AppError('payment_conflict');
  return known;
}

type Answering = { terms: Terms; payment: PaymentPayload; known: KnownPayment };

async function answer(db: Database, call: GatewayCall<Caller | null>, payable: Payable, { terms, payment, known }: Answering): Promise<Response> {
  const { from } = payment.payload.authorization;
  const caller: Caller = { door: 'x402', actor: { userId: known.userId, address: from }, scopes: [], modelIds: [], passId: null };
  call.caller = caller;
  const run = await waitForRun(db, caller.actor, known.quoteId, call.request.signal);
  const told = { network: terms.network, payer: from };
  if (run?.sealed) {
    const { tx_hash: transaction } = await settlementOf(db, known.id);
    const headers = { 'payment-response': paymentResponseHeader({ success: true, transaction, ...told, amount: payment.accepted.amount }) };
    return fresh(await payable.write(db, caller, run, call), { headers });
  }
  if (run?.error) {
    const code = isErrorCode(run.error.code) ? run.error.code : 'internal';
    const response = problemResponse(new AppError(code));
    const failed: PaymentResponse = { success: false, errorReason: code, transaction: '', ...told };
    if (code === 'payment_not_settled') response.headers.set('payment-response', paymentResponseHeader(failed));
    return response;
  }
  if (!run) throw new AppError('internal');
  return fresh({ generation: runBody(run) }, { status: 202, headers: { 'retry-after': '2' } });
}

/** Until it is sealed, or has ended, or somebody should ask again. */
async function waitForRun(db: Database, actor: Actor, quoteId: string, hangUp: AbortSignal): Promise<GenerationDto | undefined> {
  const done = holdOne('gateway waits', actor.userId, WAITS_AT_ONCE);
  try {
    let runs: GenerationDto[] = [];
    const signal = AbortSignal.any([hangUp, AbortSignal.timeout(WAIT_MS)]);
    for await (const look of followRuns(db, actor, { quoteId }, signal)) runs = look ?? runs;
    return runs[0];
  } finally {
    done();
  }
}

async function settlementOf({ pool }: Database, paymentId: string): Promise<{ tx_hash: string }> {
  const { rows } = await pool.query<{ tx_hash: string }>(
    `SELECT tx_hash FROM deposit WHERE x402_payment_id = $1 ORDER BY state = 'reversed', block_number DESC LIMIT 1`,
    [paymentId],
  );
  if (!rows[0]) throw new AppError('internal', { cause: new Error(`payment ${paymentId} was captured without a deposit`) });
  return rows[0];
}
