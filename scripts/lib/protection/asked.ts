/** What somebody asks a model for, once. Nothing here knows how alarms work: no file of this folder imports from lib/protection. */
export type Asked = { atMs: number; prompt: string; params: Record<string, number | string>; seed: string; count: number };
/** One wallet, and what the house could know of where it comes from. */
export type Wallet = { payer: string; address: string; asked: Asked[] };
/** Some people, or one with several wallets. */
export type Scene = Wallet[];
export type Random = () => number;

/** Numbers that are the same in every run (mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
export const between = (random: Random, low: number, high: number) => low + Math.floor(random() * (high - low + 1));
export const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
export const times = <T>(count: number, of: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => of(i));
export const newSeed = (random: Random) => (BigInt(Math.floor(random() * 2 ** 32)) * 4294967296n + BigInt(Math.floor(random() * 2 ** 32))).toString();

/** The model they run: two sliders, a size and a style. */
export const STYLES = ['etching', 'oil', 'photo', 'ink', 'wash', 'relief'];
export const SIZES = [512, 768, 1024, 1536];
export const DEFAULTS = { grain: 40, size: 1024, style: 'oil', warmth: 5 };
export const anyParams = (random: Random) => ({
  ...{ grain: between(random, 0, 100), size: pick(random, SIZES) },
  ...{ style: pick(random, STYLES), warmth: between(random, 0, 10) },
});

const THINGS =
  'harbour lighthouse fox orchard cathedral comet river glacier violin market tram heron library desert greenhouse moth temple bicycle storm island waterfall teapot dancer robot mountain lantern whale forest bridge clock'.split(
    ' ',
  );
const KINDS =
  'quiet golden ruined floating ancient frozen crowded tiny burning wild silver forgotten luminous broken velvet foggy electric rusty translucent endless'.split(
    ' ',
  );
const PLACES =
  'at dawn;under two moons;in the rain;after the flood;seen from above;in a mirror;behind glass;on a winter night;beneath the sea;in late summer;before the war;inside a shell'.split(
    ';',
  );
const WAYS =
  'soft light;wide view;strong shadows;muted colours;fine lines;seen close;in the manner of an old map;as a woodcut;much empty space;pale sky;no people;film grain'.split(
    ';',
  );

/** A thought of somebody's own. */
export function anyPrompt(random: Random): string {
  const thing = `${pick(random, KINDS)} ${pick(random, THINGS)}`;
  const more = random() < 0.5 ? ` and a ${pick(random, KINDS)} ${pick(random, THINGS)}` : '';
  const place = random() < 0.7 ? ` ${pick(random, PLACES)}` : '';
  const way = times(between(random, 0, 3), () => `, ${pick(random, WAYS)}`).join('');
  return `a ${thing}${more}${place}${way}`;
}
export const things = THINGS;
export const places = PLACES;
export const ways = WAYS;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const START_MS = Date.UTC(2026, 0, 1);
let named = 0;
/** Something nobody else has. */
export function ownName(what: string): string {
  named += 1;
  return `${what} ${named}`;
}
export const alone = (asked: Asked[]): Scene => [{ payer: ownName('payer'), address: ownName('address'), asked }];
