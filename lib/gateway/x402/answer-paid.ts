import 'server-only';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError, isErrorCode } from '@/lib/errors';
import { followRuns } from '@/lib/generations/follow-runs';
import { listGenerations } from '@/lib/generations/queries';
import type { GenerationDto } from '@/lib/generations/schema';
import type { Caller } from '../doors/door';
import { problemResponse } from '../problem';
import { fresh, type GatewayCall } from '../route';
import { placeToLook } from '../runs/place-to-look';
import { runBody } from '../runs/run-body';
import type { KnownPayment } from './find-payment';
import { type PaymentResponse, paymentResponseHeader } from './headers';
import type { Payable } from './payable';
import type { PaymentPayload } from './schema';
import type { Terms } from './terms';

/** Proxies and clients give up on a silent connection sooner or later; who asks again goes on waiting. */
const WAIT_MS = 100_000;

type Answering = { terms: Terms; payment: PaymentPayload; known: KnownPayment };

/** What came of the run that was paid for: what was made, why nothing was, or that it is not done yet. */
export async function answerPaid(
  db: Database,
  call: GatewayCall<Caller | null>,
  payable: Payable,
  { terms, payment, known }: Answering,
): Promise<Response> {
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

/** Until it is sealed, or has ended, or somebody should ask again: at once where too many wait already, for the payment has been taken. */
async function waitForRun(db: Database, actor: Actor, quoteId: string, hangUp: AbortSignal): Promise<GenerationDto | undefined> {
  const leave = placeIfAny(actor);
  if (!leave) return (await listGenerations(db, actor, { quoteId }))[0];
  try {
    let runs: GenerationDto[] = [];
    const signal = AbortSignal.any([hangUp, AbortSignal.timeout(WAIT_MS)]);
    for await (const look of followRuns(db, actor, { quoteId }, signal)) runs = look ?? runs;
    return runs[0];
  } finally {
    leave();
  }
}

function placeIfAny({ userId }: Actor): (() => void) | null {
  try {
    return placeToLook('waits', userId);
  } catch {
    return null;
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
