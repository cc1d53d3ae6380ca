import type { z } from 'zod';
import { termsOf } from '@/lib/models/price-order';
import type { priceInput } from './schema';

/** A price as its row takes it. */
export const priceData = (price: z.output<typeof priceInput>) => ({ ...termsOf(price), mintPriceWei: price.mintPriceWei });
