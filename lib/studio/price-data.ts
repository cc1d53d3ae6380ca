import type { z } from 'zod';
import type { priceInput } from './schema';

/** A price as its row takes it. */
export function priceData(price: z.output<typeof priceInput>) {
  const { baseMillicredits, perImageMillicredits, perMegapixelMillicredits, perStepMillicredits, trialRuns, discounts, mintPriceWei } = price;
  return {
    baseMillicredits: BigInt(baseMillicredits),
    perImageMillicredits: BigInt(perImageMillicredits),
    perMegapixelMillicredits: BigInt(perMegapixelMillicredits),
    perStepMillicredits: BigInt(perStepMillicredits),
    trialRuns,
    discounts,
    mintPriceWei,
  };
}
