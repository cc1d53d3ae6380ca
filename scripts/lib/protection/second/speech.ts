/*
 * What people write, for the second set of scenes. Written by somebody who had read neither the alarms nor the first set, with words of its own.
 */
import { pick, type Random, times } from '../asked';

const NOUNS =
  'woman man girl boy dog cat horse owl dragon knight astronaut sailor farmer queen child monk dancer witch soldier samurai house cabin castle tower street village kitchen garden field shore canyon valley swamp meadow ruin ship train car balloon piano guitar book chair lamp mirror clock mask crown sword flower rose tree oak mushroom apple lemon bread coffee cake fish octopus beetle butterfly crow wolf bear deer rabbit moon sun planet galaxy nebula storm'.split(
    ' ',
  );
const QUALITIES =
  'old young lonely smiling tired elegant cyberpunk baroque gothic minimal ornate weathered glowing transparent giant miniature melancholic surreal dreamy realistic wooden golden marble porcelain red blue emerald pastel black white snowy sunlit moonlit misty dusty wet abandoned'.split(
    ' ',
  );
const DOINGS =
  'standing in,sitting near,walking through,looking at,sleeping beside,holding,floating above,hiding behind,made of,surrounded by,painted on,next to,lost in,reflected in,dreaming of'.split(
    ',',
  );
const ENDINGS =
  'highly detailed,8k,cinematic lighting,trending,concept art,studio photo,macro,bokeh,golden hour,volumetric fog,sharp focus,oil on canvas,watercolour,lino print,isometric,low poly,vintage poster,polaroid,double exposure,symmetrical,flat colours,children book illustration'.split(
    ',',
  );
/** Each word in the ways it can be said. */
const SAME = [
  ['a picture of', 'an image of', 'a drawing of', 'a depiction of', 'a view of', 'a scene with', ''],
  ['an old', 'an aged', 'an elderly', 'a very old', 'an ancient'],
  ['fisherman', 'angler', 'man with a fishing rod', 'sailor who fishes', 'seaman'],
  ['on', 'standing on', 'waiting on', 'by the edge of', 'sitting on'],
  ['a stone pier', 'the harbour wall', 'a jetty', 'the quay', 'a breakwater'],
  ['at dusk', 'in the evening', 'at sunset', 'as the sun goes down', 'in fading light'],
  ['in rough weather', 'with a storm coming', 'under dark clouds', 'while the wind is strong', 'before the rain'],
];

export const some = (random: Random, from: readonly string[], most: number) => [
  ...new Set(times(Math.floor(random() * (most + 1)), () => pick(random, from))),
];
export const noun = (random: Random) => pick(random, NOUNS);
export const quality = (random: Random) => pick(random, QUALITIES);
const thing = (random: Random) => [...some(random, QUALITIES, 2), noun(random)].join(' ');

/** As in the lists of captions that sets of pictures come with: a plain sentence. */
export const caption = (random: Random) => `a ${thing(random)} ${pick(random, DOINGS)} a ${thing(random)}`;
/** As people write who have read how to: what it is, and words that are said to help. */
export const wish = (random: Random) => [random() < 0.4 ? thing(random) : caption(random), ...some(random, ENDINGS, 5)].join(', ');
/** One thought said in many ways. */
export const paraphrase = (random: Random) => {
  const parts = SAME.map((ways) => pick(random, ways)).filter((part) => part !== '');
  return random() < 0.3 ? [...parts.slice(-2), ...parts.slice(0, -2)].join(' ') : parts.join(' ');
};
/** The same wish a little later: a word more, less or another one. */
export function edited(random: Random, prompt: string): string {
  const words = prompt.split(' ');
  const place = Math.floor(random() * words.length);
  const how = random();
  if (how < 0.35) words.splice(place, 0, quality(random));
  else if (how < 0.6 && words.length > 3) words.splice(place, 1);
  else if (how < 0.8) words[place] = noun(random);
  else words.push(`, ${pick(random, ENDINGS)}`);
  return words.join(' ');
}
/** A shuffled copy. */
export function shuffled<T>(random: Random, from: readonly T[]): T[] {
  return from
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
