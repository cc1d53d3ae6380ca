import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { localModeration } from '@/lib/inference/moderation/moderation';
import { openPayload, sealPayload } from '@/lib/keys/sealed-payload';
import { loadOffer } from '@/lib/models/load-version';
import { parseParams } from '@/lib/models/parse-params';
import { priceOrder } from '@/lib/models/price-order';
import { shareOf } from '@/lib/money';
import { uuidInput } from '@/lib/uuid-input';
import { loadParent } from './load-parent';
import type { QuoteDto, quoteInput } from './schema';
import { startOf } from './start-of';

/** What a quote pins. It travels to the browser and back under our HMAC, so that a price costs us no row. */
const quotePayload = z.object({
  quoteId: uuidInput,
  userId: uuidInput,
  version: z.string(),
  deploymentId: uuidInput,
  prompt: z.string(),
  params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  runs: z
    .array(
      z.object({
        id: uuidInput,
        seed: z.string(),
        priceMillicredits: z.string(),
        feeMillicredits: z.string(),
        parentMillicredits: z.string(),
        isTrial: z.boolean(),
      }),
    )
    .min(1),
  trialRuns: z.number().int(),
  parent: z.object({ workId: z.string(), receipt: z.string(), creatorId: z.string() }).nullable(),
  uploadId: uuidInput.nullable(),
  mintPriceWei: z.string(),
  expiresAtMs: z.number().int(),
});
export type QuotePayload = z.infer<typeof quotePayload>;

const PURPOSE = 'quote';

function seedsFor(seed: string | null, seedKind: 'exact' | 'none', count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    // `none` signs 0: the model takes no seed (protocol: version, seed kind).
    if (seedKind === 'none') return '0';
    if (seed === null) return randomBytes(8).readBigUInt64BE().toString();
    return BigInt.asUintN(64, BigInt(seed) + BigInt(i)).toString();
  });
}

/** The exact price of `count` runs with these settings, standing for QUOTE_SECONDS. Costs nothing and writes nothing. */
export async function quote(db: Database, actor: Actor, input: z.output<typeof quoteInput>): Promise<QuoteDto> {
  if (await localModeration.checkText(input.prompt)) throw new AppError('prompt_blocked');
  const offer = await loadOffer(db, actor, input.version);
  const parent = input.parentWorkId ? await loadParent(db, actor, input.parentWorkId) : null;
  const start = await startOf(db, actor, { manifest: offer.manifest, params: input.params, parent });
  const params = parseParams(offer.manifest.parameters, start.params);
  const left = offer.price.trialRuns > 0 ? offer.price.trialRuns - (await countTrials(db, actor, offer.modelId)) : 0;
  const freeRuns = offer.isDraft ? input.count : Math.max(0, left);
  const price = priceOrder(offer.price, params, { count: input.count, freeRuns });
  const seeds = seedsFor(input.seed, offer.manifest.seedKind, input.count);
  const payload: QuotePayload = {
    quoteId: newId(),
    userId: actor.userId,
    version: input.version,
    deploymentId: offer.deploymentId,
    prompt: input.prompt,
    params,
    runs: price.runs.map((millicredits, i) => ({
      id: newId(),
      seed: seeds[i] ?? '0',
      priceMillicredits: millicredits.toString(),
      feeMillicredits: shareOf(millicredits, env.PLATFORM_FEE_BPS).toString(),
      parentMillicredits: parent ? shareOf(millicredits, parent.shareBps).toString() : '0',
      isTrial: millicredits === 0n && !offer.isDraft && i < freeRuns,
    })),
    trialRuns: offer.price.trialRuns,
    parent: parent && { workId: parent.workId, receipt: parent.receipt, creatorId: parent.creatorId },
    uploadId: start.uploadId,
    mintPriceWei: offer.price.mintPriceWei.toString(),
    expiresAtMs: Date.now() + env.QUOTE_SECONDS * 1000,
  };
  return {
    token: sealQuote(payload),
    quoteId: payload.quoteId,
    count: input.count,
    totalMillicredits: price.totalMillicredits.toString(),
    breakdown: price.lines.map((l) => ({ label: l.label, millicredits: l.millicredits.toString() })),
    mintPriceWei: payload.mintPriceWei,
    expiresAt: new Date(payload.expiresAtMs).toISOString(),
  };
}

/** Free runs of a model that a person has had or is having; one that failed does not count. */
const countTrials = ({ prisma }: Database, { userId }: Actor, modelId: string) =>
  prisma.generation.count({ where: { userId, isTrial: true, version: { modelId }, state: { in: ['held', 'running', 'captured'] } } });

export const sealQuote = (payload: QuotePayload): string => sealPayload(PURPOSE, payload);

/** Opens a quote that is ours and this person's. Throws `quote_invalid`; whether it still stands is for the caller to see. */
export function openQuote(token: string, actor: Actor): QuotePayload {
  const payload = openPayload(PURPOSE, token, quotePayload);
  if (payload?.userId !== actor.userId) throw new AppError('quote_invalid');
  return payload;
}
