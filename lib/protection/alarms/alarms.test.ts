import { expect, test } from 'vitest';
import { canariesIn } from '../canaries';
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

test('a canary is found at any place of a prompt, and an output by its content', () => {
  const secret = wordsOf('seven herons over a drowned observatory');
  const content = `0x${'cd'.repeat(32)}`;
  const canaries = [
    { id: '1', kind: 'prompt' as const, label: 'Herons', words: secret.length, digest: digestOf('salt', secret.join(' ')) },
    { id: '2', kind: 'output' as const, label: 'Marked', words: null, digest: digestOf('salt', content) },
  ];
  const found = (prompt: string, contents: string[] = []) =>
    canariesIn(canaries, 'salt', { words: wordsOf(prompt), contents }).map(({ canary, match }) => [canary.id, match]);
  expect(found('Seven herons over a drowned observatory.')).toEqual([['1', 'equal']]);
  expect(found('draw seven herons over a drowned observatory')).toEqual([['1', 'within']]);
  expect(found('seven herons over the drowned observatory')).toEqual([]);
  expect(found('', [content])).toEqual([['2', 'equal']]);
  expect(canariesIn(canaries, 'other salt', { words: secret, contents: [content] })).toEqual([]);
});
