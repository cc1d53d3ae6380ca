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
  type Random,
  type Scene,
  SIZES,
  START_MS,
  STYLES,
  times,
  ways,
} from './asked';

/** Turns one setting, as a person does: by a little, or to another choice. */
function turnOne(random: Random, params: Asked['params']): Asked['params'] {
  const which = pick(random, ['grain', 'grain', 'warmth', 'size', 'style'] as const);
  if (which === 'size') return { ...params, size: pick(random, SIZES) };
  if (which === 'style') return { ...params, style: pick(random, STYLES) };
  const most = which === 'grain' ? 100 : 10;
  const step = which === 'grain' ? pick(random, [1, 5, 5, 10, 10, 20, -5, -10, -10, -25]) : pick(random, [1, 1, 2, -1, -1, -2]);
  return { ...params, [which]: Math.min(most, Math.max(0, Number(params[which]) + step)) };
}

/** Many ideas, settings mostly left as they are. */
function explorer(random: Random): Scene {
  let atMs = START_MS;
  return alone(
    times(between(random, 20, 220), () => {
      atMs += random() < 0.9 ? between(random, 1, 15) * MINUTE : between(random, 6, 30) * HOUR;
      const turns = random() < 0.6 ? 0 : between(random, 1, 3);
      const params = times(turns, (i) => i).reduce<Asked['params']>((so) => turnOne(random, so), DEFAULTS);
      return { atMs, prompt: anyPrompt(random), params, seed: newSeed(random), count: pick(random, [1, 1, 2, 4]) };
    }),
  );
}

/** One idea after the other, each worked on: a word, a slider, back again. */
function refiner(random: Random): Scene {
  const asked: Asked[] = [];
  let atMs = START_MS;
  for (let session = between(random, 3, 12); session > 0; session--) {
    atMs += between(random, 5, 40) * HOUR;
    let now = { prompt: anyPrompt(random), params: DEFAULTS as Asked['params'], seed: newSeed(random) };
    const tried = [now];
    for (let i = between(random, 4, 35); i > 0; i--) {
      atMs += between(random, 1, 6) * MINUTE;
      const does = random();
      if (does < 0.35) now = { ...now, params: turnOne(random, now.params) };
      else if (does < 0.6) now = { ...now, prompt: `${now.prompt}, ${pick(random, ways)}` };
      else if (does < 0.75) now = { ...now, seed: newSeed(random) };
      else if (does < 0.9) now = pick(random, tried);
      else now = { ...now, prompt: now.prompt.split(', ').slice(0, -1).join(', ') || now.prompt };
      tried.push(now);
      asked.push({ atMs, ...now, count: pick(random, [1, 1, 1, 4]) });
    }
  }
  return alone(asked);
}

/** A few ideas, many variations of each to choose from. */
function batchMaker(random: Random): Scene {
  let atMs = START_MS;
  const asked = times(between(random, 1, 6), () => ({ prompt: anyPrompt(random), params: random() < 0.5 ? DEFAULTS : anyParams(random) })).flatMap(
    (idea) => {
      atMs += between(random, 4, 60) * HOUR;
      return times(between(random, 2, 14), () => {
        atMs += between(random, 1, 8) * MINUTE;
        return { ...idea, atMs, seed: newSeed(random), count: 8 };
      });
    },
  );
  return alone(asked);
}

/** Makes something by the clock: a list of ideas, or one picture of the day. */
function bot(random: Random): Scene {
  const ideas = times(pick(random, [1, 8, 20, 40]), () => anyPrompt(random));
  const rolls = random() < 0.15;
  const presets = times(between(random, 1, 3), () => anyParams(random));
  const everyMs = pick(random, [1, 2, 6, 12, 24]) * HOUR;
  return alone(
    times(between(random, 60, 300), (i) => ({
      ...{ atMs: START_MS + i * everyMs, prompt: ideas[i % ideas.length] ?? '', params: rolls ? anyParams(random) : pick(random, presets) },
      ...{ seed: newSeed(random), count: pick(random, [1, 1, 2]) },
    })),
  );
}

/** Two who live or work together, and try some of each other's ideas. */
function friends(random: Random): Scene {
  const address = ownName('address');
  const shared = times(between(random, 0, 8), () => anyPrompt(random));
  return times(2, () => {
    const own = explorer(random)[0]?.asked ?? [];
    const tried = shared.map((prompt, i) => ({ atMs: START_MS + i * 10 * MINUTE, prompt, params: DEFAULTS, seed: newSeed(random), count: 1 }));
    return { payer: ownName('payer'), address, asked: [...tried, ...own].sort((a, b) => a.atMs - b.atMs) };
  });
}

export const benign: Record<string, (random: Random) => Scene> = {
  'explorers: many ideas, few settings': explorer,
  'refiners: one idea, turned and reworded': refiner,
  'batch makers: eight at a time': batchMaker,
  'bots of collectors: by the clock': bot,
  'friends at one address': friends,
};
