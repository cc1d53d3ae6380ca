import { AppError, type ErrorCode } from '@/lib/errors';
import type { PassGrant } from '@/lib/passes/schema';

/** Of the codes that `generation_start` and the triggers of a start raise. */
const refusals: Record<string, ErrorCode> = {
  GN402: 'insufficient_credits',
  GN403: 'spending_frozen',
  GN404: 'upload_gone',
  GN409: 'conflict',
  GN410: 'no_free_runs',
  GN411: 'no_included_runs',
  // A rule came since the quote: the next one says what it asks for.
  GN412: 'quote_expired',
  GN413: 'payment_conflict',
  GN414: 'payments_pending',
  GN415: 'payment_invalid',
  GN416: 'payments_paused',
  GN423: 'pass_frozen',
  GN451: 'taken_down',
  // Of the key it comes with (lib/gateway).
  GK401: 'key_revoked',
  GK402: 'cap_reached',
  GK403: 'model_not_allowed',
  // What the model's creator allows (lib/protection).
  GP403: 'stopped_by_creator',
  GP429: 'budget_reached',
  GP430: 'slowed_by_creator',
};

const UNCOVERED = 'This payment does not pay for this call: with the runs that are under way its payer owes more than they have.';

/** What the database said no for, as an error of the table; null for anything else. `grant`: of the pass they came in with. */
export function startRefusal(thrown: unknown, grant: PassGrant | null): AppError | null {
  const { code: raised = '', detail } = thrown as { code?: string; detail?: string };
  if (raised === 'GN429')
    return new AppError('rate_limited', { details: { policy: 'tier', quota: grant?.ratePerMinute, retryAfterMs: Number(detail) } });
  const code = refusals[raised];
  if (!code) return null;
  if (code === 'payment_invalid') return new AppError(code, { message: UNCOVERED, details: { reason: 'insufficient_funds' } });
  if (code === 'cap_reached') return new AppError(code, { details: { cap: detail } });
  if (code === 'budget_reached' || code === 'slowed_by_creator') return waitFor(code, detail ?? '{}');
  return new AppError(code);
}

function waitFor(code: 'budget_reached' | 'slowed_by_creator', detail: string): AppError {
  const { startsAgainMs, ...said } = JSON.parse(detail) as { startsAgainMs: number };
  const startsAgainAt = new Date(startsAgainMs).toISOString();
  const words =
    code === 'budget_reached'
      ? `The creator of this model allows no more runs until ${startsAgainAt}. Nothing was charged.`
      : `The creator of this model has slowed your runs of it. Your next one can start at ${startsAgainAt}. Nothing was charged.`;
  return new AppError(code, { message: words, details: { ...said, startsAgainAt, retryAfterMs: Math.max(0, startsAgainMs - Date.now()) } });
}
