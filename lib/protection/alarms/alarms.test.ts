import { expect, test } from 'vitest';
import { canariesIn, headOf } from '../canaries';
import { dialsOf, readSettings } from '../traces/dials';
import { digestOf, sketchOf, wordsOf } from '../traces/words';
import { isLinked } from './judge-links';
import { judgeSeeds } from './judge-seeds';
import { judgeSweep } from './judge-sweep';
import { promptDistance, type Trace } from './trace';

const schema = {
  type: 'object' as const,
  additionalProperties: false as const,
  properties: {
    start: { type: 'string' as const, title: 'Start from', default: '' },
    size: { type: 'integer' as const, title: 'Size', default: 512, enum: [512, 768, 1024] },
    grain: { type: 'integer' as const, title: 'Grain', default: 0, minimum: 0, maximum: 100, multipleOf: 10 },
  },
};
const dials = dialsOf(schema);
let made = 0;
function trace(prompt: string, at: number[], more: Partial<Trace> = {}): Trace {
  const words = wordsOf(prompt);
  made += 1;
  return {
    ...{ id: `${made}`, userId: 'anna', quoteId: `${made}`, atMs: made * 60_000, seed: `${made}`, dials: at, choices: '', words: words.length },
    ...{ promptDigest: digestOf('salt', words.join(' ')), sketch: sketchOf('salt', words), ...more },
  };
}
const lattice = (count: number) => Array.from({ length: count }, (_, i) => trace('a test card', [(i % 11) / 10, Math.floor(i / 11) / 10]));

test('dials are the settings with an order, and where they stand is from 0 to 1; the rest is a line', () => {
  expect(dials).toEqual([
    { name: 'grain', title: 'Grain', values: 11 },
    { name: 'size', title: 'Size', values: 3 },
  ]);
  const content = `0x${'ab'.repeat(32)}`;
  expect(readSettings(schema, JSON.stringify({ grain: '70', size: '768', start: content }))).toEqual({
    dials: [0.7, 0.5],
    rest: JSON.stringify([['start', content]]),
    contents: [content],
  });
});

test('prompts are as far apart as their words, whatever stands between them', () => {
  const of = (prompt: string) => trace(prompt, []);
  expect(promptDistance(of('A red fox, at dawn!'), of('a RED fox — at dawn'))).toBe(0);
  const near = promptDistance(of('a red fox at dawn in deep snow by a frozen river'), of('a red fox at dusk in deep snow by a frozen river'));
  expect(near).toBeGreaterThan(0);
  expect(near).toBeLessThan(0.6);
  expect(promptDistance(of('a red fox at dawn'), of('seven towers burning'))).toBeGreaterThan(0.9);
  expect(promptDistance(of(''), of('a fox'))).toBe(1);
});

test('a lattice is a grid from forty queries on; variations of one order and the same asked again are no steps', () => {
  expect(judgeSweep(lattice(39), dials)).toBeNull();
  expect(judgeSweep(lattice(40), dials)).toMatchObject({ shape: 'grid', queries: 40, distinct: 40 });
  const orders = lattice(20).flatMap((one) => [one, { ...one, id: 'b' }, { ...one, id: 'c', quoteId: `${one.quoteId} again` }]);
  expect(judgeSweep(orders, dials)).toBeNull();
});

test('somebody who goes back and forth on one slider is not a grid', () => {
  const back = Array.from({ length: 120 }, (_, i) => trace('a test card', [[0, 0.1, 0.2, 0.1][i % 4] ?? 0, 0.5]));
  expect(judgeSweep(back, dials)).toBeNull();
});

test('a plan that goes through combinations in any order, under some prompts, is a grid; one setting from end to end is not', () => {
  const points = lattice(33);
  const mixed = Array.from({ length: 60 }, (_, i) => ({ ...(points[(i * 7) % 33] as Trace), id: `m${i}`, quoteId: `m${i}` }));
  expect(judgeSweep(mixed, dials)).toBeNull(); // 33 places: too few to say
  const three = [dials[0], dials[1], { name: 'warmth', title: 'Warmth', values: 3 }].flatMap((dial) => dial ?? []);
  const cells = Array.from({ length: 99 }, (_, i) => [(i % 11) / 10, (Math.floor(i / 11) % 3) / 2, Math.floor(i / 33) / 2]);
  const shuffled = Array.from({ length: 60 }, (_, i) => trace(`prompt ${i % 3}`, cells[(i * 41) % 99] as number[]));
  expect(judgeSweep(shuffled, three)).toMatchObject({ shape: 'grid', distinct: 60 });
  const film = Array.from({ length: 101 }, (_, i) => trace('a falling leaf', [i / 100, 0.5]));
  expect(judgeSweep(film, dials)).toBeNull();
});

test('one prompt with many settings under the same few seeds is a probe; with a new seed each time it is somebody at work', () => {
  const settings = Array.from({ length: 30 }, (_, i) => [((i * 37) % 101) / 100, ((i * 13) % 47) / 46]);
  const probe = settings.flatMap((at) => ['1', '2', '3'].map((seed) => trace('a lit window', at, { seed })));
  expect(judgeSweep(probe, dials)).toMatchObject({ shape: 'probe', shares: { settingsCompared: 30, underSameSeeds: 1 } });
  expect(judgeSweep(probe.slice(0, 72), dials)).toBeNull();
  expect(
    judgeSweep(
      settings.flatMap((at) => [trace('a lit window', at), trace('a lit window', at)]),
      dials,
    ),
  ).toBeNull();
});

test('one thought in many ways is a template, however far each is from the one before; thoughts of one’s own are not', () => {
  const said = (i: number) => {
    const of = (ways: string[], part: number) => ways[Math.floor(i / part) % ways.length];
    return `${of(['an old', 'an aged', 'a very old'], 1)} ${of(['fisherman', 'angler'], 3)} ${of(['on a stone pier', 'by the harbour wall', 'at the quay'], 6)} ${of(['at dusk', 'in the evening', 'as the sun goes down', 'in fading light'], 18)} with a storm coming over the sea`;
  };
  const ways = Array.from({ length: 72 }, (_, i) => said((i * 31) % 72));
  expect(
    judgeSweep(
      [...ways, ...ways.map((way) => `${way} in ink`)].map((prompt) => trace(prompt, [0, 0])),
      dials,
    ),
  ).toMatchObject({ shape: 'template' });
  const own = Array.from({ length: 120 }, (_, i) => trace(`word${i} and word${(i * 7) % 120} under word${(i * 13) % 120}`, [0, 0]));
  expect(judgeSweep(own, dials)).toBeNull();
});

test('new seeds of almost the same are counted within a week; the same seeds again are not', () => {
  const farm = Array.from({ length: 160 }, () => trace('a brass astrolabe', [0, 0]));
  expect(judgeSeeds(farm)).toMatchObject({ runs: 160, distinctSeeds: 160 });
  expect(judgeSeeds(farm.map((one) => ({ ...one, seed: '7' })))).toBeNull();
  expect(judgeSeeds(farm.map((one, i) => ({ ...one, atMs: i * 3_600_000 * 2 })))).toBeNull();
});

test('one thing in common links nobody, two do', () => {
  const link = (payers: number, addresses: number, prompts: number) => isLinked({ userId: '', payers, addresses, prompts });
  expect([link(1, 0, 0), link(0, 3, 0), link(0, 0, 19), link(2, 0, 9)]).toEqual([false, false, false, false]);
  expect([link(1, 1, 0), link(0, 1, 10), link(0, 0, 20)]).toEqual([true, true, true]);
});

const hashesOf = (words: string[]) => ({ head: headOf('salt', words), digest: digestOf('salt', words.join(' ')) });

test('canaries and a prompt that begin alike everywhere are looked at for a moment, and not for seconds', () => {
  const of = (length: number) => Array.from({ length }, () => 'a');
  const canaries = Array.from({ length: 50 }, (_, i) => ({
    id: `${i}`,
    kind: 'prompt' as const,
    label: 'A',
    words: 200 - i,
    ...hashesOf(of(200 - i)),
  }));
  const last = { ...(canaries[0] as (typeof canaries)[0]), digest: 'other' };
  const began = process.cpuUsage();
  expect(
    canariesIn(
      Array.from({ length: 50 }, (_, i) => ({ ...last, id: `${i}`, words: 200 - i })),
      'salt',
      { words: of(2000), contents: [] },
    ),
  ).toEqual([]);
  expect(canariesIn(canaries, 'salt', { words: of(2000), contents: [] })).toHaveLength(50);
  // Of the processor, so that a busy machine is no slower. It was four seconds.
  expect(process.cpuUsage(began).user).toBeLessThan(500_000);
});

test('a canary is found at any place of a prompt, and an output by its content', () => {
  const secret = wordsOf('seven herons over a drowned observatory');
  const content = `0x${'cd'.repeat(32)}`;
  const canaries = [
    { id: '1', kind: 'prompt' as const, label: 'Herons', words: secret.length, ...hashesOf(secret) },
    { id: '2', kind: 'output' as const, label: 'Marked', words: null, head: null, digest: digestOf('salt', content) },
  ];
  const found = (prompt: string, contents: string[] = []) =>
    canariesIn(canaries, 'salt', { words: wordsOf(prompt), contents }).map(({ canary, match }) => [canary.id, match]);
  expect(found('Seven herons over a drowned observatory.')).toEqual([['1', 'equal']]);
  expect(found('draw seven herons over a drowned observatory')).toEqual([['1', 'within']]);
  expect(found('seven herons over the drowned observatory')).toEqual([]);
  expect(found('', [content])).toEqual([['2', 'equal']]);
  expect(canariesIn(canaries, 'other salt', { words: secret, contents: [content] })).toEqual([]);
});
