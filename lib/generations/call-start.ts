import { randomBytes } from 'node:crypto';
import { bytesToHex } from 'viem';
import type { Actor } from '@/lib/actor';
import { purseOf } from '@/lib/credits/accounts';
import { derivedRef } from '@/lib/credits/derived-ref';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError, type ErrorCode } from '@/lib/errors';
import { onDisk } from '@/lib/jobs/on-disk';
import type { LoadedVersion } from '@/lib/models/load-version';
import { openPeriod } from '@/lib/passes/included-runs';
import type { PassGrant } from '@/lib/passes/schema';
import { paramsHash, paramsText } from '@/lib/protocol/params';
import { promptHash } from '@/lib/protocol/prompt';
import { NO_PARENT } from '@/lib/protocol/receipt';
import type { QuotePayload } from './quote-token';

type Start = {
  quote: QuotePayload;
  version: LoadedVersion;
  /** Of the pass they come in with now. */
  grant: PassGrant | null;
};

/** Calls `generation_start`. Returns whether this call started the runs. */
export async function callStart(db: Database, actor: Actor, start: Start): Promise<boolean> {
  const purse = await purseOf(db, actor.userId);
  const run = { ...runOf(actor, start), pass_purse: await pursePassPays(db, start) };
  try {
    const { rows } = await db.pool.query<{ started: boolean }>({
      name: 'generation_start',
      text: 'SELECT generation_start($1, $2, $3, $4, $5, $6) AS started',
      values: [actor.userId, purse, JSON.stringify(run), JSON.stringify(itemsOf(start.quote)), env.RUN_DEADLINE_SECONDS, env.HOLD_SECONDS],
    });
    await onDisk(db.pool);
    return rows[0]?.started ?? false;
  } catch (error) {
    const { code: raised = '', detail } = error as { code?: string; detail?: string };
    const code = refusals[raised];
    if (code) throw new AppError(code, code === 'cap_reached' ? { details: { cap: detail } } : {});
    if (raised === 'GN429') throw overRate(start.grant, Number(detail));
    throw error;
  }
}

const overRate = (grant: PassGrant | null, retryAfterMs: number) =>
  new AppError('rate_limited', { details: { policy: 'tier', quota: grant?.ratePerMinute, retryAfterMs } });

/** Of the codes that `generation_start` raises. */
const refusals: Record<string, ErrorCode> = {
  GN402: 'insufficient_credits',
  GN403: 'spending_frozen',
  GN404: 'upload_gone',
  GN409: 'conflict',
  GN410: 'no_free_runs',
  GN411: 'no_included_runs',
  // A rule came since the quote: the next one says what it asks for.
  GN412: 'quote_expired',
  GN423: 'pass_frozen',
  GN451: 'taken_down',
  // Of the key it comes with (lib/gateway).
  GK401: 'key_revoked',
  GK402: 'cap_reached',
  GK403: 'model_not_allowed',
};

function runOf(actor: Actor, { quote, version, grant }: Start) {
  const text = paramsText(quote.params);
  return {
    quote: quote.quoteId,
    version: quote.version,
    deployment: quote.deploymentId,
    prompt: quote.prompt,
    params_text: text,
    params_hash: paramsHash(text),
    parent: quote.parent?.receipt ?? NO_PARENT,
    parent_work: quote.parent?.workId ?? null,
    upload: quote.uploadId,
    parent_creator: quote.parent?.creatorId ?? null,
    model: version.modelId,
    trial_runs: quote.trialRuns,
    ruled: quote.isRuled,
    pass: quote.passId ?? grant?.passId ?? null,
    pass_rate: grant?.ratePerMinute ?? null,
    creator: version.creatorId,
    mint_price_wei: quote.mintPriceWei,
    api_key: actor.apiKeyId ?? null,
  };
}

const itemsOf = (quote: QuotePayload) =>
  quote.runs.map(
    ({ id, seed, priceMillicredits: price, feeMillicredits: fee, parentMillicredits: parent_share, isTrial: trial, isIncluded }, ordinal) => {
      const salt = bytesToHex(randomBytes(16));
      const pass_hold = isIncluded ? derivedRef('included run', id) : null;
      return { id, ordinal, seed, salt, prompt_hash: promptHash({ salt, prompt: quote.prompt }), price, fee, parent_share, trial, pass_hold };
    },
  );

/** The purse of the pass that pays some of the runs, with its period open. In no transaction with the start: a period that is open and unused does no harm. */
async function pursePassPays(db: Database, { quote, grant }: Start): Promise<string | null> {
  if (!quote.runs.some(({ isIncluded }) => isIncluded)) return null;
  // The pass they came in with is the quote's, or none: what opens the door may have changed since.
  if (grant?.passId !== quote.passId || !grant) throw new AppError('pass_required');
  return (await openPeriod(db.pool, grant)).toString();
}
