import type { Dial } from '../traces/dials';
import { dialDistance, histogram, pairsOf, placeOf, promptDistance, settingsOf, share, type Trace, turnedDials } from './trace';

const COVER_PARTS = 8;
/** Of the dials: so many turned at once are many. */
const MANY = 0.6;
/** Prompts so near are one sentence with something else in it; looked for among so many before. */
const NEAR = 0.6;
const BEFORE = 60;

/** What queries have about them that says how somebody goes through the settings. `moved`: none is the same as the one before. */
export function measure(moved: Trace[], dials: Dial[]) {
  const pairs = pairsOf(moved);
  const far = moved.map((trace, i): [Trace, Trace] => [trace, moved[(i + Math.ceil(moved.length * 0.382)) % moved.length] as Trace]);
  const next = pairs.map(([a, b]) => dialDistance(a, b));
  const apart = far.map(([a, b]) => dialDistance(a, b));
  const words = pairs.map(([a, b]) => promptDistance(a, b));
  const mean = (values: number[]) =>
    share(
      values.reduce((a, b) => a + b, 0),
      values.length,
    );
  const distinct = new Set(moved.map(settingsOf)).size;
  const covered = coverOf(moved, dials);
  return {
    distinct,
    steps: { next: histogram(next), apart: histogram(apart) },
    words: { next: histogram(words) },
    covered,
    shares: {
      regular: share(countRegular(pairs), pairs.length),
      distinct: share(distinct, moved.length),
      manyTurned: share(pairs.filter(([a, b]) => dials.length > 0 && turnedDials(a, b).length >= dials.length * MANY).length, pairs.length),
      memoryless: share(mean(next), mean(apart)),
      covered: mean(covered.map((dial) => dial.share)),
      nearWords: share(countNear(moved), moved.length),
      filled: share(new Set(moved.map(placeOf)).size, latticeOf(moved, dials)),
      places: new Set(moved.map(placeOf)).size,
      dialsTurned: valuesSeen(moved, dials).filter((count) => count > 1).length,
      distinctWords: share(new Set(moved.map(({ promptDigest }) => promptDigest)).size, moved.length),
    },
  };
}

/** Steps of a lattice: one dial turned under the same words, by the step that this dial is mostly turned by. */
function countRegular(pairs: [Trace, Trace][]): number {
  const steps = pairs.flatMap(([a, b]) => {
    const turned = turnedDials(a, b);
    const [dial] = turned;
    if (turned.length !== 1 || dial === undefined || promptDistance(a, b) > 0) return [];
    return [`${dial} ${Math.abs((a.dials[dial] ?? 0) - (b.dials[dial] ?? 0)).toFixed(6)}`];
  });
  const most = new Map<string, number>();
  for (const dial of new Set(steps.map((step) => step.split(' ')[0] ?? '')))
    most.set(dial, mostOf(steps.filter((step) => step.startsWith(`${dial} `))));
  return [...most.values()].reduce((a, b) => a + b, 0);
}

/** How often the commonest is there. */
function mostOf(values: (string | number)[]): number {
  const counts = new Map<string | number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

function coverOf(moved: Trace[], dials: Dial[]): { title: string; share: number }[] {
  return dials.map(({ title, values }, i) => {
    const parts = Math.min(COVER_PARTS, values);
    const visited = new Set(moved.map((trace) => Math.min(parts - 1, Math.floor((trace.dials[i] ?? 0) * parts))));
    return { title, share: share(visited.size, parts) };
  });
}

/** Of each dial, how many of its values were asked for. */
const valuesSeen = (moved: Trace[], dials: Dial[]) => dials.map((_, i) => new Set(moved.map((trace) => (trace.dials[i] ?? 0).toFixed(6))).size);
/** How many combinations there are of the values that were asked for: whoever goes through a plan asks for many of them, in whatever order. */
const latticeOf = (moved: Trace[], dials: Dial[]) => valuesSeen(moved, dials).reduce((product, count) => product * count, 1);

/** Prompts that are new, and near to one of those before them. */
function countNear(moved: Trace[]): number {
  const prompts = [...new Map(moved.map((trace) => [trace.promptDigest, trace])).values()];
  return prompts.filter((one, i) => prompts.slice(Math.max(0, i - BEFORE), i).some((before) => promptDistance(before, one) <= NEAR)).length;
}
