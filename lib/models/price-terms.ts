import type { Price } from '@/prisma/client/client';
import { discountsSchema } from './discounts';
import type { PriceTerms } from './price-order';
import type { PriceDto } from './schema';

/** A price's row as what the formula takes. */
export function priceTerms(row: Price): PriceTerms {
  const { baseMillicredits, perImageMillicredits, perMegapixelMillicredits, perStepMillicredits, trialRuns } = row;
  const discounts = discountsSchema.parse(row.discounts);
  return { baseMillicredits, perImageMillicredits, perMegapixelMillicredits, perStepMillicredits, trialRuns, discounts };
}

/** A price's row as the browser gets it. */
export function priceDto(row: Price): PriceDto {
  const { trialRuns, discounts, ...millicredits } = priceTerms(row);
  const texts = Object.fromEntries(Object.entries(millicredits).map(([name, value]) => [name, value.toString()]));
  return {
    ...(texts as Omit<PriceDto, 'trialRuns' | 'discounts' | 'mintPriceWei'>),
    trialRuns,
    discounts,
    mintPriceWei: row.mintPriceWei.toFixed(0),
  };
}
