import type { PassRuns } from './pass-runs';
import type { PassRelayDto } from './relay/schema';
import type { AccessDto, PassDto, TierDto } from './tier-schema';

/** A pass with what is left of it and what it opens. `path` is its public page. */
export type HeldPassDto = {
  pass: PassDto;
  runs: PassRuns;
  path: string;
  models: { slug: string; name: string }[];
  /** A run of it was used or is under way, so it cannot be given back. */
  wasUsed: boolean;
};

/** One of the passes that somebody can run a model with. */
export type UsablePassDto = { id: string; tierLabel: string; number: number; runs: PassRuns };

/** A purchase with credits, by its tier. */
export type TierPurchaseDto = PassRelayDto & { tierId: number };

/** A renewal with credits, by its pass. */
export type PassRenewalDto = PassRelayDto & { passId: string };

/** What a model's page says of passes. `own`: the viewer's, most runs first; `purchases`: what they have under way, or what failed just now. */
export type ModelPassesDto = { access: AccessDto; tiers: TierDto[]; own: UsablePassDto[]; purchases: TierPurchaseDto[] };

export type PassEventDto = { at: string; text: string; txHash: string };
export type PassPageDto = HeldPassDto & { creator: string; tokenId: string; history: PassEventDto[] };

/** Where a transaction about passes stands: whether the index has it, and the page of the pass it was about. */
export type SentDto = { seen: boolean; path: string | null };
