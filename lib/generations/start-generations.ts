import type { Actor } from '@/lib/actor';
import { accountOf } from '@/lib/credits/accounts';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { onDisk } from '@/lib/jobs/on-disk';
import { loadVersion } from '@/lib/models/load-version';
import type { PassGrant } from '@/lib/passes/schema';
import { type CallPayment, callStart } from './call-start';
import { enterModel } from './enter-model';
import { openQuote, type QuotePayload } from './quote-token';

/** The account that run fees go to. */
export const platformFeeAccount = (db: Database): Promise<bigint> => accountOf(db, 'platform_fee', 'house');

/** `rate`: how many runs a minute the pass they came in with may start; left out: its tier does not say, or none was needed. */
type Started = { quoteId: string; started: boolean; rate?: { passId: string; perMinute: number } };

/**
 * Starts the runs of a quote: hold, rows and jobs in one SQL call, all or none. The same quote again starts nothing more.
 * Throws `quote_invalid`, `quote_expired`, `insufficient_credits`, `spending_frozen`, `upload_gone` or `model_unavailable`; where the model has a
 * rule or a pass pays, also `pass_required`, `pass_expired`, `pass_moved`, `pass_frozen`, `no_included_runs`, `rate_limited` (of the pass's tier): who holds what is asked again; with a key
 * `cap_reached`, `model_not_allowed`, `key_revoked`; where the model's creator set bounds `budget_reached`, `slowed_by_creator`, `stopped_by_creator`; with a payment `payment_conflict`, `payments_pending`, `payments_paused`, `payment_invalid`.
 */
export async function startGenerations(
  db: Database,
  actor: Actor,
  { token }: { token: string },
  payment: CallPayment | null = null,
): Promise<Started> {
  const quote = openQuote(token, actor);
  if (quote.expiresAtMs < Date.now()) return startedBefore(db, quote, new AppError('quote_expired'));
  const version = await loadVersion(db, quote.version);
  try {
    const entry = await enterModel(db, actor, { modelId: version.modelId, isRuled: quote.isRuled }, quote.passId);
    if (entry.isTrialOnly && quote.runs.some(({ isTrial }) => !isTrial)) throw new AppError('pass_required');
    const grant = entry.pass?.grant ?? null;
    const started = await callStart(db, actor, { quote, version, grant, payment });
    return { quoteId: quote.quoteId, started, ...rateOf(grant) };
  } catch (error) {
    // They may have come in with what they do not have any more.
    if (error instanceof AppError && isAboutEntry(error)) return startedBefore(db, quote, error);
    throw error;
  }
}

const rateOf = (grant: PassGrant | null) => (grant?.ratePerMinute ? { rate: { passId: grant.passId, perMinute: grant.ratePerMinute } } : {});

const isAboutEntry = ({ code }: AppError) => code.startsWith('pass_');

/** The answer to a quote that starts nothing now: it did before, or `error`. */
async function startedBefore(db: Database, { quoteId, userId }: QuotePayload, error: AppError): Promise<Started> {
  const [first] = await db.prisma.generation.findMany({ where: { quoteId, userId }, take: 1, select: { id: true } });
  if (!first) throw error;
  await onDisk(db.pool);
  return { quoteId, started: false };
}
