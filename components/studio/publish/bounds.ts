import type { z } from 'zod';
import { boundsInput } from '@/lib/studio/schema';
import { ETHER_PLACES, toUnits } from '../amounts';
import type { Problems } from '../form/problems';

/** What a creator allows on-chain, as it is typed. Times are those of a datetime-local input, empty for no bound. */
export type BoundsDraft = { cap: string; floorPrice: string; opensAt: string; closesAt: string };
export const emptyBounds: BoundsDraft = { cap: '10000', floorPrice: '', opensAt: '', closesAt: '' };

const seconds = (local: string) => (local === '' ? 0 : Math.floor(new Date(local).getTime() / 1000));

/** The bounds as the server takes them, or what is wrong with them. */
export function readBounds({ cap, floorPrice, opensAt, closesAt }: BoundsDraft): { bounds: z.output<typeof boundsInput> | null; problems: Problems } {
  const input = {
    capTokens: Number(cap),
    floorPriceWei: toUnits(floorPrice, ETHER_PLACES) ?? floorPrice,
    opensAt: seconds(opensAt),
    closesAt: seconds(closesAt),
  };
  const read = boundsInput.safeParse(input);
  const problems: Problems = Object.fromEntries(
    (read.error?.issues ?? []).map(({ path }) => [path.join('.'), WRONG[String(path[0])] ?? 'cannot be read']),
  );
  if (closesAt && input.closesAt * 1000 <= Date.now()) problems.closesAt = 'is over already';
  else if (opensAt && closesAt && input.closesAt <= input.opensAt) problems.closesAt = 'is before it opens';
  return { bounds: read.success && Object.keys(problems).length === 0 ? read.data : null, problems };
}

const WRONG: Record<string, string> = { capTokens: 'is a whole number from 1 to 16,777,215', floorPriceWei: 'is an amount of ETH' };
