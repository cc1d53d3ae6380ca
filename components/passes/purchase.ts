import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import type { PassRelayDto } from '@/lib/passes/relay/schema';
import type { TierDto } from '@/lib/passes/tier-schema';

export type Purchase = {
  tier: Pick<TierDto, 'collection' | 'tierId' | 'label' | 'priceWei' | 'refundWindowSeconds'>;
  /** With credits, as the server knew it when the page was made: under way, or failed just now. */
  purchase: PassRelayDto | null;
  /** Else only what was sent is followed. */
  isForSale: boolean;
  viewer: ViewerDto;
  chain: ChainConfigDto;
};

/** What a purchase that was sent is found by after a reload. */
export const subjectOf = ({ collection, tierId }: Pick<TierDto, 'collection' | 'tierId'>) => `buy ${collection} ${tierId}`;
