import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import type { TierDto } from '@/lib/passes/tier-schema';

export type Purchase = {
  tier: Pick<TierDto, 'collection' | 'tierId' | 'label' | 'priceWei'>;
  /** Else only what was sent is followed. */
  isForSale: boolean;
  viewer: ViewerDto;
  chain: ChainConfigDto;
};

/** What a purchase that was sent is found by after a reload. */
export const subjectOf = ({ collection, tierId }: Pick<TierDto, 'collection' | 'tierId'>) => `buy ${collection} ${tierId}`;
