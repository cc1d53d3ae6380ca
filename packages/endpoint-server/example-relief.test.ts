import { expect, it } from 'vitest';
import { generate } from './example-model';
import { lightOf } from './example-relief';

const VERTICAL = { width: 2, height: 1, rgba: Uint8Array.of(0, 0, 0, 255, 255, 255, 255, 255) };
const picture = { kind: 'image', content: '0x', png: new Uint8Array(), ...VERTICAL } as const;
const call = {
  kind: 'image' as const,
  prompt: 'x',
  seed: 7n,
  params: { width: '64', height: '64', sheets: '5' },
  signal: new AbortController().signal,
  onProgress: () => {},
};
const meanOf = (rgba: Uint8Array, from: number, to: number) => {
  const values = Array.from({ length: 64 }, (_, y) => Array.from({ length: to - from }, (_, x) => rgba[(y * 64 + from + x) * 4] ?? 0)).flat();
  return values.reduce((sum, value) => sum + value, 0) / values.length;
};

it('reads the light of a picture between its pixels, and white where there is nothing', () => {
  const light = lightOf(picture);
  expect([light(0, 0.5), light(0.5, 0.5), light(1, 0.5)].map((value) => Math.round(value * 100))).toEqual([0, 50, 100]);
  expect(lightOf({ ...picture, rgba: new Uint8Array(8) })(0.5, 0.5)).toBe(1);
});

it('the example model lays its sheets along the picture it starts from, and the same again', async () => {
  const [made, again, without] = [
    await generate({ ...call, inputs: [picture] }),
    await generate({ ...call, inputs: [picture] }),
    await generate({ ...call, inputs: [] }),
  ];
  if (!('rgba' in made && 'rgba' in again && 'rgba' in without)) throw new Error('no pixels');
  expect(Buffer.from(again.rgba).equals(Buffer.from(made.rgba))).toBe(true);
  expect(Buffer.from(without.rgba).equals(Buffer.from(made.rgba))).toBe(false);
  // One sheet at either end: the sides are further apart than in any noise.
  expect(Math.abs(meanOf(Uint8Array.from(made.rgba), 0, 12) - meanOf(Uint8Array.from(made.rgba), 52, 64))).toBeGreaterThan(60);
});
