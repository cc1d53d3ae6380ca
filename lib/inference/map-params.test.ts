import { describe, expect, test } from 'vitest';
import { requestOf } from '@/scripts/standins/models/run-against';
import { toExactJson } from './exact-json';
import { inputMapping, mapInput, mapParams, withoutPicture } from './map-params';

const mapped = (params: Record<string, string | number | boolean>, mapping: object) => mapParams({ params }, inputMapping.parse(mapping));

describe('a parameter', () => {
  test('goes by its own name in snake_case, or by the one that the deployment gives it', () => {
    expect(mapped({ guidanceScale: 7, numSteps: 20, size: 'wide' }, { names: { numSteps: 'num_inference_steps' } })).toEqual({
      guidance_scale: 7,
      num_inference_steps: 20,
      size: 'wide',
    });
  });

  test('is divided where the provider wants a fraction, and only if it is a number', () => {
    expect(mapped({ cfg: 75, strength: '75', tiling: true }, { divisors: { cfg: 10, strength: 100, tiling: 2 } })).toEqual({
      cfg: 7.5,
      strength: '75',
      tiling: true,
    });
  });

  test('goes before what is sent with every run', () => {
    expect(mapped({ steps: 9 }, { fixed: { steps: 20, safety: true } })).toEqual({ steps: 9, safety: true });
  });

  test('by an inherited name is a parameter like any other', () => {
    expect(mapped({ constructor: 8, toString: 4 }, {})).toEqual({ constructor: 8, to_string: 4 });
  });
});

describe('a whole input', () => {
  const input = (mapping: object, more = {}) => mapInput(requestOf({ prompt: 'a heron', params: {}, ...more }), inputMapping.parse(mapping));

  test('has prompt and exact seed, whatever a parameter or a fixed value says', () => {
    const mapping = { fixed: { prompt: 'fixed', seed: 1 } };
    expect(toExactJson(input(mapping, { seed: 2n ** 64n - 1n, params: { prompt: 'other', seed: 2 } }))).toBe(
      '{"prompt":"a heron","seed":18446744073709551615}',
    );
  });

  test('calls them as the provider does', () => {
    expect(input({ prompt: 'text', seed: 'noise_seed' }, { seed: 7n })).toEqual({ text: 'a heron', noise_seed: 7n });
  });

  test('has no seed where the provider takes none or the model has none', () => {
    expect(input({ seed: '' })).toEqual({ prompt: 'a heron' });
    expect(input({}, { seedKind: 'none' })).toEqual({ prompt: 'a heron' });
  });

  test('has the first picture as a data URI, where the provider takes one', () => {
    const inputs = [
      { kind: 'image', content: '0x', png: Buffer.from('one') },
      { kind: 'image', content: '0x', png: Buffer.from('two') },
    ] as const;
    expect(input({ seed: '', image: 'init_image' }, { inputs })).toEqual({ prompt: 'a heron', init_image: 'data:image/png;base64,b25l' });
    expect(input({ seed: '', image: '' }, { inputs })).toEqual({ prompt: 'a heron' });
  });
});

test.each([
  { names: { steps: '__proto__ ' } },
  { names: { steps: 'a b' } },
  { divisors: { cfg: 0 } },
  { divisors: { cfg: 2.5 } },
  { fixed: { 'a b': 1 } },
  { fixed: { nested: {} } },
  { prompt: '' },
  { mood: 'x' },
])('The mapping %o is refused', (mapping) => {
  expect(inputMapping.safeParse(mapping).success).toBe(false);
});

test('a mapping without a name for the picture has no place for one', () => {
  expect(withoutPicture(inputMapping.parse({}))).toBeNull();
  expect(withoutPicture(inputMapping.parse({ image: '' }))).toBe('have no name for the picture: “image” is empty');
});
