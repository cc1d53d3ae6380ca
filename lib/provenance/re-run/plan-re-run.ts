import type { Hex } from 'viem';
import { HOUSE_MODELS } from '@/lib/inference/house/models';
import { type HouseModelId, ParameterError, parseParams } from '@/lib/inference/house/parameters';
import { type HouseRequest, seedText } from '@/lib/inference/house/render';
import { type Manifest, manifestSchema, versionDigest } from '@/lib/protocol/manifest';
import { paramsHash } from '@/lib/protocol/params';
import { type PromptOpening, promptHash } from '@/lib/protocol/prompt';
import type { WorkRecord } from '@/lib/protocol/work-record';

/** What of a work's record says how it was made. */
export type ReRunRecord = Pick<WorkRecord, 'kind' | 'params' | 'receipt'>;

/** A version's manifest, where the text is the one that the receipt names; null where it is not. */
export function manifestOf({ receipt }: ReRunRecord, text: string): Manifest | null {
  if (versionDigest(text) !== receipt.version) return null;
  return manifestSchema.safeParse(JSON.parse(text)).data ?? null;
}

/** The house model whose engine is here and whose weights the manifest names, where the version promises the same picture each time. */
export function engineOf({ kind, seedKind, reproducibility, weights }: Manifest): HouseModelId | null {
  if (kind !== 'image' || seedKind !== 'exact' || reproducibility !== 'A') return null;
  return HOUSE_MODELS.find(({ weightsDigest }) => weights === `0x${weightsDigest.replace(/^0x/, '')}`)?.id ?? null;
}

export type ReRunPlan = { request: HouseRequest; content: Hex } | { refused: 'params' | 'opening' };

/**
 * The run that the receipt was signed for, once its settings and its prompt are known to be the ones that were signed. The record comes from a file
 * that anybody may have made, so nothing of it is run before.
 */
export function planReRun({ params, receipt }: ReRunRecord, model: HouseModelId, opening: PromptOpening): ReRunPlan {
  if (paramsHash(params) !== receipt.paramsHash) return { refused: 'params' };
  if (promptHash(opening) !== receipt.promptHash) return { refused: 'opening' };
  try {
    const request = {
      model,
      prompt: opening.prompt,
      seed: seedText(receipt.seed),
      params: parseParams(model, JSON.parse(params) as Record<string, unknown>),
    };
    return { request, content: receipt.content };
  } catch (error) {
    // Signed, and still not settings of this model.
    if (error instanceof ParameterError || error instanceof SyntaxError || error instanceof RangeError) return { refused: 'params' };
    throw error;
  }
}
