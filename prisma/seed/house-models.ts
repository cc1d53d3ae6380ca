import type { HOUSE_MODELS } from '@/lib/inference/house/models';
import type { HouseModelId } from '@/lib/inference/house/parameters';
import { splitControls } from '@/lib/models/controls';
import type { Manifest } from '@/lib/protocol/manifest';

/** The house models as a creator would describe them. */
export function houseManifest(model: (typeof HOUSE_MODELS)[number], creator: string): Manifest {
  return {
    manifest: 1,
    creator: creator.toLowerCase(),
    name: model.name,
    number: 1,
    kind: 'image',
    weights: `0x${model.weightsDigest.replace(/^0x/, '')}`,
    parameters: splitControls(model.parameterSchema).parameters,
    seedKind: 'exact',
    reproducibility: 'A',
    signerCustody: 'platform',
    licence: 'CC-BY-4.0',
    upstreamLicences: [],
    trainingData: 'None. The weights are initialised from a named seed and curated by eye; nothing was trained.',
    derivativeShareBps: 500,
  };
}

/** Millicredits; the supersampled style costs more to run. */
export const HOUSE_PRICES: Record<HouseModelId, { perImageMillicredits: bigint; perMegapixelMillicredits: bigint }> = {
  nacre: { perImageMillicredits: 4_000n, perMegapixelMillicredits: 6_000n },
  strata: { perImageMillicredits: 4_000n, perMegapixelMillicredits: 6_000n },
  vitrail: { perImageMillicredits: 6_000n, perMegapixelMillicredits: 10_000n },
};

type SeedWork = { model: HouseModelId; prompt: string; seed: string; width: number; height: number; label?: string };

/** What hangs in the gallery of a new installation. Those with a label are minted. */
export const SEED_WORKS: readonly SeedWork[] = [
  { model: 'nacre', prompt: 'deep teal silk folding over black water', seed: '11', width: 1024, height: 1280 },
  { model: 'strata', prompt: 'terracotta canyon at dusk, quiet layers', seed: '4', width: 1280, height: 1024 },
  { model: 'vitrail', prompt: 'winter rose, blue and silver', seed: '21', width: 1024, height: 1024, label: 'Winter Rose' },
  { model: 'nacre', prompt: 'molten copper and ash', seed: '2', width: 1024, height: 1024, label: 'Molten Copper' },
  { model: 'strata', prompt: 'mint, ink and cream, calm water', seed: '9', width: 1024, height: 1280 },
  { model: 'vitrail', prompt: 'amber cathedral at noon', seed: '5', width: 1024, height: 1024 },
  { model: 'nacre', prompt: 'pale rose satin, soft morning', seed: '17', width: 1280, height: 1024 },
  { model: 'strata', prompt: 'midnight ocean, gold edge, wild', seed: '33', width: 1024, height: 1024, label: 'Gold Edge' },
  { model: 'vitrail', prompt: 'emerald and violet, dense, wild garden', seed: '8', width: 1024, height: 1024 },
  { model: 'nacre', prompt: 'aurora over ice, green and lilac', seed: '29', width: 1024, height: 1280 },
  { model: 'strata', prompt: 'desert noon, ochre and white', seed: '14', width: 1280, height: 1024 },
  { model: 'vitrail', prompt: 'crimson and coal', seed: '3', width: 1024, height: 1024 },
];
