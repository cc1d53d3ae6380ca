import type { HouseModelId } from '../parameter-schema';
import { type Weights, weightsOfBase64 } from './format';
import * as nacre from './nacre';
import * as strata from './strata';
import * as vitrail from './vitrail';

const FILES = { nacre, strata, vitrail } as const;
const parsed = new Map<HouseModelId, Weights>();

/** sha-256 of the exact bytes of a model's weights file, hex. */
export function weightsDigestOf(model: HouseModelId): string {
  return FILES[model].WEIGHTS_SHA256;
}

export function weightsOf(model: HouseModelId): Weights {
  const known = parsed.get(model);
  if (known) return known;
  const weights = weightsOfBase64(FILES[model].WEIGHTS_BASE64);
  parsed.set(model, weights);
  return weights;
}
