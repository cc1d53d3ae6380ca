/*
 * Who wants the model and not its pictures, told a second time (see speech.ts): how somebody would collect pairs of settings and picture to train on, or feel out its dials.
 */
import {
  type Asked,
  alone,
  anyParams,
  between,
  DEFAULTS,
  HOUR,
  MINUTE,
  newSeed,
  ownName,
  pick,
  type Random,
  type Scene,
  SIZES,
  START_MS,
  STYLES,
  times,
} from '../asked';
import { caption, edited, paraphrase, shuffled, wish } from './speech';

const DAY = 24 * HOUR;
type Wants = Omit<Asked, 'atMs'>;
/** One after another, as fast as answers come or with pauses. */
function paced(random: Random, wants: Wants[], slowest = MINUTE): Asked[] {
  let atMs = START_MS + between(random, 0, 20 * HOUR);
  return wants.map((want) => {
    atMs += between(random, 4_000, slowest);
    return { ...want, atMs };
  });
}
const grid = (steps: number[], warmths: number[]) =>
  steps.flatMap((grain) => warmths.flatMap((warmth) => STYLES.flatMap((style) => SIZES.slice(0, 2).map((size) => ({ grain, size, style, warmth })))));

function gridSweep(random: Random): Scene {
  const cells = grid(pick(random, [[0, 20, 40, 60, 80, 100], [0, 25, 50, 75, 100], times(11, (i) => i * 10)]), [0, 3, 5, 8, 10]);
  const order = random() < 0.5 ? cells : shuffled(random, cells);
  const prompts = times(between(random, 1, 3), () => caption(random));
  const seed = newSeed(random);
  return alone(
    paced(
      random,
      order.slice(0, between(random, 150, 600)).map((params) => ({ prompt: pick(random, prompts), params, seed, count: 1 })),
    ),
  );
}
function randomSampling(random: Random): Scene {
  return alone(
    paced(
      random,
      times(between(random, 300, 2_000), () => ({ prompt: wish(random), params: anyParams(random), seed: newSeed(random), count: 1 })),
    ),
  );
}
function captionList(random: Random): Scene {
  const seed = random() < 0.5 ? '0' : null;
  return alone(
    paced(
      random,
      times(between(random, 300, 2_000), () => ({
        prompt: caption(random),
        params: DEFAULTS,
        seed: seed ?? newSeed(random),
        count: between(random, 1, 4),
      })),
    ),
  );
}
/** One prompt and some seeds that stay; a dial is moved, the answer is compared, the better one is kept. */
function hillClimb(random: Random): Scene {
  const prompt = wish(random);
  const seeds = times(between(random, 2, 5), () => newSeed(random));
  let best = anyParams(random);
  const wants = times(between(random, 40, 120), () => {
    const next = { ...best };
    const dial = random();
    if (dial < 0.5) next.grain = Math.min(100, Math.max(0, best.grain + between(random, -8, 8)));
    else if (dial < 0.8) next.warmth = Math.min(10, Math.max(0, best.warmth + between(random, -1, 1)));
    else next.style = pick(random, STYLES);
    if (random() < 0.4) best = next;
    return seeds.map((seed) => ({ prompt, params: next, seed, count: 1 }));
  });
  return alone(paced(random, wants.flat(), 20_000));
}
const manySeeds = (random: Random): Scene => {
  const prompts = times(between(random, 1, 4), () => wish(random));
  return alone(
    paced(
      random,
      prompts.flatMap((prompt) =>
        times(between(random, 80, 250), () => ({ prompt, params: DEFAULTS, seed: newSeed(random), count: between(random, 1, 4) })),
      ),
    ),
  );
};
const paraphrases = (random: Random): Scene =>
  alone(
    paced(
      random,
      times(between(random, 150, 600), () => ({ prompt: paraphrase(random), params: DEFAULTS, seed: newSeed(random), count: 1 })),
    ),
  );
const mutations = (random: Random): Scene => {
  let prompt = wish(random);
  return alone(
    paced(
      random,
      times(between(random, 150, 500), () => {
        prompt = edited(random, prompt);
        return { prompt, params: random() < 0.3 ? anyParams(random) : DEFAULTS, seed: '7', count: 1 };
      }),
    ),
  );
};
/** A list is dealt to wallets; `known` is what they have in common. */
function dealt(random: Random, known: Partial<{ payer: string; address: string }>, repeats: number): Scene {
  const wallets = between(random, 4, 12);
  const list = times(between(random, 400, 1_200), () => caption(random));
  const common = list.slice(0, repeats);
  return times(wallets, (i) => ({
    payer: known.payer ?? ownName('second payer'),
    address: known.address ?? ownName('second address'),
    asked: paced(
      random,
      [...common, ...list.slice(repeats).filter((_, place) => place % wallets === i)].map((prompt) => ({
        prompt,
        params: DEFAULTS,
        seed: '1',
        count: 1,
      })),
    ),
  }));
}
/** A few dozen a day for weeks, in the waking hours. */
const slowDrip = (random: Random): Scene =>
  alone(
    times(between(random, 10, 21), (day) =>
      times(between(random, 25, 70), () => START_MS + day * DAY + between(random, 8 * HOUR, 23 * HOUR))
        .sort((a, b) => a - b)
        .map((atMs) => ({ atMs, prompt: caption(random), params: random() < 0.5 ? DEFAULTS : anyParams(random), seed: newSeed(random), count: 1 })),
    ).flat(),
  );

export const thieves: Record<string, (random: Random) => Scene> = {
  'all combinations of dials, in order or shuffled': gridSweep,
  'random dials and wishes of their own': randomSampling,
  'a list of captions, dials as they are': captionList,
  'one prompt, a few seeds, dials moved to where it gets better': hillClimb,
  'some prompts, hundreds of seeds': manySeeds,
  'one thought in hundreds of ways': paraphrases,
  'a prompt that changes a word at a time, one seed': mutations,
  'a list dealt to wallets of one purse': (random) => dealt(random, { payer: ownName('second payer') }, 0),
  'a list dealt to wallets of one machine, each with its own purse': (random) => dealt(random, { address: ownName('second address') }, 0),
  'a list dealt to wallets with nothing in common but ten prompts': (random) => dealt(random, {}, 10),
  'a list dealt to wallets with nothing in common': (random) => dealt(random, {}, 0),
  'a few dozen a day for weeks': slowDrip,
};
