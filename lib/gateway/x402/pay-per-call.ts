import 'server-only';
import { type Database, database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { Caller } from '../doors/door';
import { errorOf, problemResponse } from '../problem';
import type { GatewayCall } from '../route';
import type { RunInput } from '../schema';
import { answerPaid } from './answer-paid';
import { facilitatorOf } from './facilitator';
import { digestOf, findPayment, type KnownPayment } from './find-payment';
import { paymentRequiredHeader, readPayment } from './headers';
import type { Payable } from './payable';
import { priceCall } from './price-call';
import type { PaymentPayload, Requirements } from './schema';
import { startPaid } from './start-paid';
import { paymentTerms, requirementsOf, type Terms } from './terms';

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
  const known = payment && (await findPayment(db, terms, payment, digestOf(call, payment), call.address));
  if (payment && known) return answerPaid(db, call, payable, { terms, payment, known });
  const requirements = requirementsOf(terms, (await priceCall(db, call.note, input)).millicredits);
  if (!payment) return refuse(call, requirements, new AppError('payment_required'));
  try {
    const started = await start(db, call, { terms, requirements, input, payment });
    return await answerPaid(db, call, payable, { terms, payment, known: started });
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
