import { randomBytes } from 'node:crypto';
import { bytesToHex, type Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import { purseOf } from '@/lib/credits/accounts';
import { derivedRef } from '@/lib/credits/derived-ref';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { onDisk } from '@/lib/jobs/on-disk';
import type { LoadedVersion } from '@/lib/models/load-version';
import { openPeriod } from '@/lib/passes/included-runs';
import type { PassGrant } from '@/lib/passes/schema';
import { paramsHash, paramsText } from '@/lib/protocol/params';
import { promptHash } from '@/lib/protocol/prompt';
import { NO_PARENT } from '@/lib/protocol/receipt';
import type { QuotePayload } from './quote-token';
import { startRefusal } from './start-refusal';

/** A verified payment that pays the run once it is delivered, as `x402_open` takes it. */
export type CallPayment = {
  id: string;
  chain: number;
  asset: Hex;
  payer: Hex;
  nonce: Hex;
  pay_to: Hex;
  amount: string;
  /** Seconds. */
  valid_before: number;
  payload: object;
  requirements: object;
  identifier: string | null;
  request: string;
  from_block: string;
  /** What the payer has of the asset. */
  balance: string;
  most_unsettled: number;
  most_lost: number;
};

type Start = {
  quote: QuotePayload;
  version: LoadedVersion;
  /** Of the pass they come in with now. */
  grant: PassGrant | null;
  /** Null: credits pay, or a pass. */
  payment: CallPayment | null;
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
    throw startRefusal(error, start.grant) ?? error;
  }
}

function runOf(actor: Actor, { quote, version, grant, payment }: Start) {
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
    payment,
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
