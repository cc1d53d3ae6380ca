import { randomBytes } from 'node:crypto';
import { bytesToHex } from 'viem';
import type { Actor } from '@/lib/actor';
import { accountOf, purseOf } from '@/lib/credits/accounts';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { onDisk } from '@/lib/jobs/on-disk';
import { loadVersion } from '@/lib/models/load-version';
import { paramsHash, paramsText } from '@/lib/protocol/params';
import { promptHash } from '@/lib/protocol/prompt';
import { NO_PARENT } from '@/lib/protocol/receipt';
import { openQuote, type QuotePayload } from './quote';

/** The account that run fees go to. */
export const platformFeeAccount = (db: Database): Promise<bigint> => accountOf(db, 'platform_fee', 'house');

/**
 * Starts the runs of a quote: hold, rows and jobs in one SQL call, all or none. The same quote again starts nothing more.
 * Throws `quote_invalid`, `quote_expired`, `insufficient_credits`, `spending_frozen`, `upload_gone` or `model_unavailable`.
 */
export async function startGenerations(db: Database, actor: Actor, { token }: { token: string }): Promise<{ quoteId: string; started: boolean }> {
  const quote = openQuote(token, actor);
  if (quote.expiresAtMs < Date.now()) {
    const [first] = await db.prisma.generation.findMany({ where: { quoteId: quote.quoteId, userId: actor.userId }, take: 1, select: { id: true } });
    if (first) await onDisk(db.pool);
    if (first) return { quoteId: quote.quoteId, started: false };
    throw new AppError('quote_expired');
  }
  const started = await callStart(db, actor, quote);
  return { quoteId: quote.quoteId, started };
}

async function callStart(db: Database, actor: Actor, quote: QuotePayload): Promise<boolean> {
  const version = await loadVersion(db, quote.version);
  const text = paramsText(quote.params);
  const run = {
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
    creator: version.creatorId,
    mint_price_wei: quote.mintPriceWei,
  };
  const items = quote.runs.map(
    ({ id, seed, priceMillicredits: price, feeMillicredits: fee, parentMillicredits: parent_share, isTrial: trial }, ordinal) => {
      const salt = bytesToHex(randomBytes(16));
      return { id, ordinal, seed, salt, prompt_hash: promptHash({ salt, prompt: quote.prompt }), price, fee, parent_share, trial };
    },
  );
  try {
    const { rows } = await db.pool.query<{ started: boolean }>({
      name: 'generation_start',
      text: 'SELECT generation_start($1, $2, $3, $4, $5, $6) AS started',
      values: [actor.userId, await purseOf(db, actor.userId), JSON.stringify(run), JSON.stringify(items), env.RUN_DEADLINE_SECONDS, env.HOLD_SECONDS],
    });
    await onDisk(db.pool);
    return rows[0]?.started ?? false;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'GN451') throw new AppError('taken_down');
    if (code === 'GN402') throw new AppError('insufficient_credits');
    if (code === 'GN403') throw new AppError('spending_frozen');
    if (code === 'GN410') throw new AppError('no_free_runs');
    if (code === 'GN404') throw new AppError('upload_gone');
    if (code === 'GN409') throw new AppError('conflict');
    throw error;
  }
}
