import type { Adapter } from '../adapter';
import type { ProviderId } from '../providers';

/** Every kind of endpoint a creator can have. */
export const creatorAdapters: Partial<Record<ProviderId, Adapter>> = {};
