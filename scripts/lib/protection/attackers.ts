import {
  type Asked,
  alone,
  anyParams,
  anyPrompt,
  between,
  DEFAULTS,
  HOUR,
  MINUTE,
  newSeed,
  ownName,
  pick,
  places,
  type Random,
  type Scene,
  SIZES,
  START_MS,
  STYLES,
  things,
  times,
  ways,
} from './asked';
import { benign } from './benign';

const refine = benign['refiners: one idea, turned and reworded'] as (random: Random) => Scene;
type Plan = Omit<Asked, 'atMs'>[];
const atPace = (plan: Plan, random: Random, low: number, high: number): Asked[] => {
  let atMs = START_MS;
  return plan.map((one) => {
    atMs += between(random, low, high);
    return { ...one, atMs };
  });
};

/** Nested loops over two or three settings, with some points left out. */
function gridPlan(random: Random, points: number): Plan {
  const prompts = times(between(random, 1, 3), () => anyPrompt(random));
  const step = pick(random, [5, 10, 20]);
  const grains = times(Math.floor(100 / step) + 1, (i) => i * step);
  const seed = newSeed(random);
  const skips = random() * 0.1;
  const all = prompts.flatMap((prompt) =>
    STYLES.flatMap((style) =>
      SIZES.flatMap((size) =>
        times(6, (w) => w * 2).flatMap((warmth) => grains.map((grain) => ({ prompt, params: { grain, size, style, warmth }, seed, count: 1 }))),
      ),
    ),
  );
  return all.filter(() => random() > skips).slice(0, points);
}

/** Every setting by the dice, prompts of a list. */
function dicePlan(random: Random, points: number): Plan {
  const list = times(pick(random, [1, 50, points]), () => anyPrompt(random));
  return times(points, () => ({ prompt: pick(random, list), params: anyParams(random), seed: newSeed(random), count: pick(random, [1, 1, 4]) }));
}

/** One sentence with two gaps. */
function gapPlan(random: Random, points: number): Plan {
  const way = pick(random, ways);
  const all = things.flatMap((thing) => places.slice(0, 10).map((place) => `a picture of a ${thing} ${place} for the catalogue, ${way}`));
  return all.slice(0, points).map((prompt) => ({ prompt, params: DEFAULTS, seed: newSeed(random), count: 1 }));
}

/** Captions as of a data set, settings as they come. */
const captionPlan = (random: Random, points: number): Plan =>
  times(points, () => ({
    prompt: `${anyPrompt(random)}, ${pick(random, ways)}`,
    params: DEFAULTS,
    seed: newSeed(random),
    count: pick(random, [1, 4]),
  }));

function farmPlan(random: Random, points: number): Plan {
  const prompt = anyPrompt(random);
  const counts = random() < 0.5;
  return times(points, (i) => ({
    prompt: random() < 0.2 ? `${prompt}.` : prompt,
    params: DEFAULTS,
    seed: counts ? String(i) : newSeed(random),
    count: 1,
  }));
}

/** A sweep at the pace of a person, with work of a person between. */
function slow(random: Random): Scene {
  const points = between(random, 60, 200);
  const sweep = atPace(pick(random, [gridPlan, dicePlan])(random, points), random, HOUR, 5 * HOUR);
  const decoys = (refine(random)[0]?.asked ?? []).slice(0, Math.floor(points * random()));
  return alone([...sweep, ...decoys].sort((a, b) => a.atMs - b.atMs));
}

/** One sweep, dealt out to wallets; some are paid for from one purse, some call from one machine. */
function manyWallets(random: Random): Scene {
  const wallets = between(random, 4, 16);
  const plan = atPace(pick(random, [gridPlan, dicePlan])(random, between(random, 120, 360)), random, MINUTE, 10 * MINUTE);
  const payer = random() < 0.6 ? ownName('payer') : null;
  const address = random() < 0.6 ? ownName('address') : null;
  return times(wallets, (wallet) => ({
    ...{ payer: payer ?? ownName('payer'), address: address ?? ownName('address') },
    asked: plan.filter((_, i) => i % wallets === wallet),
  }));
}

const fast = (planOf: (random: Random, points: number) => Plan, low: number, high: number) => (random: Random) =>
  alone(atPace(planOf(random, between(random, low, high)), random, 2_000, 2 * MINUTE));

export const attackers: Record<string, (random: Random) => Scene> = {
  'grid sweep': fast(gridPlan, 60, 400),
  'random sweep': fast(dicePlan, 80, 400),
  'sentence with gaps': fast(gapPlan, 80, 300),
  'seed farming': fast(farmPlan, 120, 400),
  'slow and low, with decoys': slow,
  'many wallets, one sweep': manyWallets,
  'captions at default settings': fast(captionPlan, 100, 500),
};
