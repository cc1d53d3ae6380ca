import { promptDistance, settingsOf, type Trace } from './trace';

export type SeedsEvidence = {
  runs: number;
  distinctSeeds: number;
  /** Almost the same prompts: how many different ones. */
  distinctPrompts: number;
  fromMs: number;
  toMs: number;
  medianGapMs: number;
  /** Share of runs whose seed is the one before plus one. */
  counting: number;
  /** Runs in twelve equal parts of the time. */
  overTime: number[];
};

/** More than somebody who chooses among variations makes of one idea in a week. */
const LEAST = 150;
const WITHIN_MS = 7 * 86_400_000;
const NEAR_WORDS = 0.35;
const NEW_SEEDS = 0.95;
const TIME_PARTS = 12;

/** Whether one person asks for almost the same again and again, with only the seed changed. Null where not. */
export function judgeSeeds(traces: Trace[]): SeedsEvidence | null {
  const newest = traces.at(-1);
  if (!newest) return null;
  const lately = traces.filter(({ atMs }) => atMs > newest.atMs - WITHIN_MS);
  const [largest] = groupsOf(lately).sort((a, b) => b.length - a.length);
  if (!largest || largest.length < LEAST) return null;
  const distinctSeeds = new Set(largest.map(({ seed }) => seed)).size;
  if (distinctSeeds < largest.length * NEW_SEEDS) return null;
  return evidenceOf(largest, distinctSeeds);
}

/** Runs with the same settings and almost the same words as the first of their group. */
function groupsOf(traces: Trace[]): Trace[][] {
  const bySettings = new Map<string, Trace[][]>();
  for (const trace of traces) {
    const settings = settingsOf({ ...trace, promptDigest: '' });
    const groups = bySettings.get(settings) ?? [];
    bySettings.set(settings, groups);
    const group = groups.find(([first]) => first && promptDistance(first, trace) <= NEAR_WORDS);
    if (group) group.push(trace);
    else groups.push([trace]);
  }
  return [...bySettings.values()].flat();
}

function evidenceOf(runs: Trace[], distinctSeeds: number): SeedsEvidence {
  const [first, last] = [runs[0] as Trace, runs.at(-1) as Trace];
  const gaps = runs.slice(1).map(({ atMs }, i) => atMs - (runs[i]?.atMs ?? atMs));
  const counting = runs.slice(1).filter(({ seed }, i) => BigInt(seed) === BigInt(runs[i]?.seed ?? 0) + 1n).length;
  const overTime = new Array<number>(TIME_PARTS).fill(0);
  for (const { atMs } of runs) {
    const part = Math.min(TIME_PARTS - 1, Math.floor(((atMs - first.atMs) / Math.max(1, last.atMs - first.atMs)) * TIME_PARTS));
    overTime[part] = (overTime[part] ?? 0) + 1;
  }
  return {
    runs: runs.length,
    distinctSeeds,
    distinctPrompts: new Set(runs.map(({ promptDigest }) => promptDigest)).size,
    fromMs: first.atMs,
    toMs: last.atMs,
    medianGapMs: gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0,
    counting: counting / Math.max(1, runs.length - 1),
    overTime,
  };
}
