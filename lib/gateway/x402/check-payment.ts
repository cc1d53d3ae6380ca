import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import type { PaymentPayload, Requirements } from './schema';
import { SETTLE_SECONDS } from './terms';

/** A longer one is of no use to anybody, and would have to be watched until it ends. */
const LONGEST_SECONDS = 86_400;

/**
 * Whether a payment says what was asked for: to the unit, to our address, and for long enough that a run which takes all of its time can still be
 * settled. What it says of itself, before anybody is asked whether it is signed and covered. Throws `payment_invalid`.
 */
export function checkPayment({ accepted, payload: { authorization } }: PaymentPayload, required: Requirements, nowMs = Date.now()): void {
  const now = Math.floor(nowMs / 1000);
  const [after, before] = [Number(authorization.validAfter), Number(authorization.validBefore)];
  const same = (key: 'network' | 'asset' | 'amount' | 'payTo') => accepted[key] === required[key];
  const { name, version } = required.extra;
  const problem =
    (!same('network') && 'network_mismatch') ||
    (!same('asset') && 'asset_mismatch') ||
    (!same('payTo') && 'recipient_mismatch') ||
    (!same('amount') && 'amount_mismatch') ||
    ((accepted.extra.name !== name || accepted.extra.version !== version) && 'domain_mismatch') ||
    (authorization.to !== required.payTo && 'recipient_mismatch') ||
    (BigInt(authorization.value) !== BigInt(required.amount) && 'amount_mismatch') ||
    (after >= now && 'not_valid_yet') ||
    (before < now + env.RUN_DEADLINE_SECONDS + SETTLE_SECONDS && 'ends_too_early') ||
    (before > now + LONGEST_SECONDS && 'ends_too_late');
  if (problem) throw invalidPayment(problem);
}

/** `reason` is for programs. */
export const invalidPayment = (reason: string) =>
  new AppError('payment_invalid', { message: `This payment does not pay for this call: ${reason.replaceAll('_', ' ')}.`, details: { reason } });
