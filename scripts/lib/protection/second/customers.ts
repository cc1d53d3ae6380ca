/*
 * Who wants pictures, told a second time (see speech.ts): also those who look most like thieves, a shop's order, a class, a program at night.
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
  START_MS,
  STYLES,
  times,
} from '../asked';
import { caption, edited, noun, quality, shuffled, wish } from './speech';

/** Somebody at a screen: looks at each answer, and goes away at times. */
function looked(random: Random, asked: Omit<Asked, 'atMs'>[], startMs = START_MS + between(random, 7 * HOUR, 20 * HOUR)): Asked[] {
  let atMs = startMs;
  return asked.map((one) => {
    atMs += random() < 0.05 ? between(random, HOUR, 14 * HOUR) : between(random, 15_000, 4 * MINUTE);
    return { ...one, atMs };
  });
}
/** Comes back to an idea, changes words, tries seeds, settles on dials. */
function artist(random: Random): Scene {
  const asked = times(between(random, 3, 10), () => {
    let prompt = wish(random);
    let params = random() < 0.5 ? DEFAULTS : anyParams(random);
    return times(between(random, 8, 40), () => {
      const does = random();
      if (does < 0.45) prompt = edited(random, prompt);
      else if (does < 0.6) params = { ...params, grain: Math.min(100, Math.max(0, params.grain + between(random, -15, 15))) };
      else if (does < 0.68) params = { ...params, style: pick(random, STYLES) };
      return { prompt, params, seed: newSeed(random), count: random() < 0.3 ? 4 : 1 };
    });
  }).flat();
  return alone(looked(random, asked));
}
/** Each article before the same ground, in an hour, by a script. */
function shopOrder(random: Random): Scene {
  const style = `, on a plain ${quality(random)} ground, soft shadow, product photo`;
  const params = anyParams(random);
  let atMs = START_MS + between(random, 8 * HOUR, 18 * HOUR);
  return alone(
    times(between(random, 40, 250), () => {
      atMs += between(random, 5_000, 30_000);
      return { atMs, prompt: `a ${quality(random)} ${quality(random)} ${noun(random)}${style}`, params, seed: '0', count: pick(random, [1, 1, 2]) };
    }),
  );
}
/** One room, one address; what the teacher said to try, and then what each likes. Often the school pays. */
function schoolClass(random: Random): Scene {
  const address = ownName('school address');
  const school = random() < 0.5 ? ownName('school') : null;
  const tasks = times(3, () => caption(random));
  const startMs = START_MS + between(random, 8 * HOUR, 14 * HOUR);
  return times(between(random, 12, 30), () => ({
    payer: school ?? ownName('pupil'),
    address,
    asked: looked(
      random,
      [
        ...tasks.map((prompt) => ({ prompt, params: DEFAULTS })),
        ...times(between(random, 5, 25), () => ({ prompt: wish(random), params: anyParams(random) })),
      ].map((one) => ({ ...one, seed: newSeed(random), count: 1 })),
      startMs + between(random, 0, 5 * MINUTE),
    ),
  }));
}
/** An app that sends on what its own people ask, all day and night, from one wallet. */
function integrator(random: Random): Scene {
  let atMs = START_MS;
  const sent = times(between(random, 10, 60), () => wish(random));
  return alone(
    times(between(random, 200, 1_500), () => {
      atMs += between(random, 3_000, 3 * MINUTE);
      const prompt = random() < 0.5 ? wish(random) : edited(random, pick(random, sent));
      if (random() < 0.3) sent.push(prompt);
      return {
        atMs,
        prompt,
        params: random() < 0.8 ? DEFAULTS : { ...DEFAULTS, style: pick(random, STYLES) },
        seed: newSeed(random),
        count: pick(random, [1, 1, 1, 2, 4]),
      };
    }),
  );
}
/** Pages of a book: the same figure in each, another scene. */
function book(random: Random): Scene {
  const figure = `${caption(random)}, watercolour, children book`;
  const params = anyParams(random);
  const asked = times(between(random, 20, 45), () => {
    const scene = caption(random);
    return times(between(random, 1, 6), () => ({ prompt: `${figure}. ${scene}`, params, seed: newSeed(random), count: pick(random, [1, 2, 4]) }));
  }).flat();
  return alone(looked(random, asked));
}
/** Tries each style and the ends of each slider once, and then plays. */
function newcomer(random: Random): Scene {
  const prompt = wish(random);
  const trials = [
    ...STYLES.map((style) => ({ ...DEFAULTS, style })),
    ...[0, 50, 100].map((grain) => ({ ...DEFAULTS, grain })),
    ...[0, 10].map((warmth) => ({ ...DEFAULTS, warmth })),
  ];
  const asked = [
    ...shuffled(random, trials).map((params) => ({ prompt, params })),
    ...times(between(random, 5, 30), () => ({ prompt: wish(random), params: anyParams(random) })),
  ];
  return alone(
    looked(
      random,
      asked.map((one) => ({ ...one, seed: newSeed(random), count: 1 })),
    ),
  );
}
/** Frames of a short film: one seed, one slider from end to end. */
function frames(random: Random): Scene {
  const [prompt, seed, step] = [wish(random), newSeed(random), pick(random, [1, 2, 4])];
  return alone(
    looked(
      random,
      times(Math.floor(100 / step) + 1, (i) => ({ prompt, params: { ...DEFAULTS, grain: i * step }, seed, count: 1 })),
    ),
  );
}
/** Looks for the one picture: the same wish until it is right. */
const picky = (random: Random): Scene =>
  alone(
    looked(
      random,
      times(between(random, 2, 5), () => wish(random)).flatMap((prompt) =>
        times(between(random, 5, 30), () => ({ prompt, params: DEFAULTS, seed: newSeed(random), count: pick(random, [1, 4]) })),
      ),
    ),
  );
/** Two or three people behind one router; one may have paid for all. */
const household = (random: Random): Scene => {
  const [address, purse] = [ownName('home'), random() < 0.3 ? ownName('purse') : null];
  return times(between(random, 2, 3), () => ({ payer: purse ?? ownName('person'), address, asked: artist(random)[0]?.asked ?? [] }));
};

export const customers: Record<string, (random: Random) => Scene> = {
  'an artist at work': artist,
  "a shop's order": shopOrder,
  'a class': schoolClass,
  'an app that sends on what its people ask': integrator,
  'pages of a book': book,
  'the first evening': newcomer,
  'frames of a film, a slider from end to end': frames,
  'looks for the one picture': picky,
  'a household': household,
};
