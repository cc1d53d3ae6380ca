import { groupsBy, placeOf, share, type Trace } from './trace';

const LEAST_SETTINGS = 25;
/** Of the settings: so many were asked for under more than one of the seeds. */
const AGAIN = 0.8;
const MOST_SEEDS = 8;

/**
 * Whether somebody compares settings: one prompt, the same few seeds under each of many settings, as a search for the best of them does that wants to know
 * what the dials do and not what the dice did. Null where not.
 */
export function judgeProbe(traces: Trace[]): { settingsCompared: number; underSameSeeds: number } | null {
  const [largest = []] = groupsBy(traces, ({ promptDigest }) => promptDigest).sort((a, b) => b.length - a.length);
  const seeds = new Set(largest.map(({ seed }) => seed)).size;
  const settings = groupsBy(largest, placeOf);
  const again = settings.filter((some) => new Set(some.map(({ seed }) => seed)).size > 1).length;
  const underSameSeeds = share(again, settings.length);
  if (settings.length < LEAST_SETTINGS || seeds > MOST_SEEDS || underSameSeeds < AGAIN) return null;
  return { settingsCompared: settings.length, underSameSeeds };
}
