import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { localModeration } from '@/lib/inference/moderation/moderation';
import { loadOffer } from '@/lib/models/load-offer';
import { parseParams } from '@/lib/models/parse-params';
import { enterModel } from './enter-model';
import { loadParent } from './load-parent';
import { priceRuns } from './price-runs';
import { type QuotePayload, sealQuote } from './quote-token';
import type { QuoteDto, quoteInput } from './schema';
import { startOf } from './start-of';

function seedsFor(seed: string | null, seedKind: 'exact' | 'none', count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    // `none` signs 0: the model takes no seed (protocol: version, seed kind).
    if (seedKind === 'none') return '0';
    if (seed === null) return randomBytes(8).readBigUInt64BE().toString();
    return BigInt.asUintN(64, BigInt(seed) + BigInt(i)).toString();
  });
}

/**
 * The exact price of `count` runs with these settings, standing for QUOTE_SECONDS. Costs nothing and writes nothing. `isPaidPerCall`: what a payment
 * for this one call has to be (lib/gateway/x402), the same for everybody: nothing is free, no pass is asked for and none is used.
 */
export async function quote(
  db: Database,
  actor: Actor,
  input: z.output<typeof quoteInput>,
  { isPaidPerCall = false }: { isPaidPerCall?: boolean } = {},
): Promise<QuoteDto> {
  const { count } = input;
  if (await localModeration.checkText(input.prompt)) throw new AppError('prompt_blocked');
  const offer = await loadOffer(db, actor, input.version);
  if (isPaidPerCall && (offer.isRuled || input.passId)) throw new AppError('pass_required');
  const { pass, isTrialOnly } = await enterModel(db, actor, offer, input.passId);
  // No wait would let them start at once.
  const atOnce = pass?.grant.ratePerMinute ?? count;
  if (count > atOnce) throw new AppError('invalid_input', { message: `With this pass you can start ${atOnce} in a minute, and no more.` });
  const parent = input.parentWorkId ? await loadParent(db, actor, input.parentWorkId) : null;
  const start = await startOf(db, actor, { manifest: offer.manifest, params: input.params, parent });
  const params = parseParams(offer.manifest.parameters, start.params);
  const left = offer.price.trialRuns > 0 ? offer.price.trialRuns - (await countTrials(db, actor, offer.modelId)) : 0;
  const freeRuns = isPaidPerCall ? 0 : offer.isDraft ? count : Math.max(0, left);
  if (isTrialOnly && freeRuns < count) throw new AppError('pass_required');
  const price = priceRuns(offer.price, params, {
    ...{ count, freeRuns, isDraft: offer.isDraft },
    ...{ includedRuns: pass?.left ?? 0, parentShareBps: parent?.shareBps ?? null },
  });
  const seeds = seedsFor(input.seed, offer.manifest.seedKind, count);
  const payload: QuotePayload = {
    quoteId: newId(),
    userId: actor.userId,
    version: input.version,
    deploymentId: offer.deploymentId,
    prompt: input.prompt,
    params,
    runs: price.runs.map((run, i) => ({ id: newId(), seed: seeds[i] ?? '0', ...run })),
    trialRuns: offer.price.trialRuns,
    isRuled: offer.isRuled,
    passId: pass && (offer.isRuled || price.included > 0) ? pass.grant.passId : null,
    askedPassId: input.passId ?? null,
    parent: parent && { workId: parent.workId, receipt: parent.receipt, creatorId: parent.creatorId },
    uploadId: start.uploadId,
    mintPriceWei: offer.price.mintPriceWei.toString(),
    expiresAtMs: Date.now() + env.QUOTE_SECONDS * 1000,
  };
  return {
    token: sealQuote(payload),
    quoteId: payload.quoteId,
    count,
    totalMillicredits: price.totalMillicredits.toString(),
    breakdown: price.lines.map((l) => ({ label: l.label, millicredits: l.millicredits.toString() })),
    pass: pass && price.included > 0 ? usedOf(pass, price.included) : null,
    mintPriceWei: payload.mintPriceWei,
    expiresAt: new Date(payload.expiresAtMs).toISOString(),
  };
}

const usedOf = ({ grant, left }: NonNullable<Awaited<ReturnType<typeof enterModel>>['pass']>, runs: number): QuoteDto['pass'] => ({
  id: grant.passId,
  tierLabel: grant.tierLabel,
  runs,
  left,
  periodEndsAt: grant.periodEndsAt.toISOString(),
});

/** Free runs of a model that a person has had or is having; one that failed does not count. */
const countTrials = ({ prisma }: Database, { userId }: Actor, modelId: string) =>
  prisma.generation.count({ where: { userId, isTrial: true, version: { modelId }, state: { in: ['held', 'running', 'captured'] } } });
