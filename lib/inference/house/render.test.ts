import { createHash } from 'node:crypto';
import { build } from 'esbuild';
import fc from 'fast-check';
import { getQuickJS } from 'quickjs-emscripten';
import { expect, test, vi } from 'vitest';
import { rasterContent } from '@/lib/protocol/content';
import { bytesOfBase64 } from './kernel/base64';
import { HOUSE_MODELS } from './models';
import type { Parameter } from './parameter-schema';
import { type Picture, RenderStopped, render, renderAt } from './render';
import vectors from './vectors.json';
import * as nacre from './weights/nacre';

// Plain arithmetic is slow by nature, and more so on a loaded machine.
vi.setConfig({ testTimeout: 60_000 });

type Vector = (typeof vectors)[number];

function request({ model, prompt, seed, params }: Vector) {
  const known = HOUSE_MODELS.find(({ id }) => id === model);
  if (!known) throw new Error(`no model ${model}`);
  return { model: known.id, prompt, seed, params };
}

/** Mean distance of the pixels from their mean colour, in 8-bit levels. */
function spread({ rgba }: Picture): number {
  const mean = [0, 0, 0];
  const pixels = rgba.length / 4;
  for (let i = 0; i < rgba.length; i++) if (i % 4 < 3) mean[i % 4] = (mean[i % 4] ?? 0) + (rgba[i] ?? 0) / pixels;
  let sum = 0;
  for (let i = 0; i < rgba.length; i++) if (i % 4 < 3) sum += Math.abs((rgba[i] ?? 0) - (mean[i % 4] ?? 0));
  return sum / pixels / 3;
}

/** Another legal value of a parameter. */
function other(rule: Parameter): string | number {
  if (rule.type === 'string') return rule.enum.findLast((choice) => choice !== rule.default) ?? rule.default;
  return rule.default === rule.maximum ? (rule.minimum ?? 0) : (rule.maximum ?? rule.default);
}

test.each(vectors)('$model draws the committed pixels for "$prompt", by SIMD and by plain arithmetic', (vector) => {
  expect(rasterContent(renderAt(request(vector), vector, { kernel: 'wasm' }))).toBe(vector.content);
  expect(rasterContent(renderAt(request(vector), vector, { kernel: 'plain' }))).toBe(vector.content);
});

test('another JavaScript engine draws the same pixels', { timeout: 180_000 }, async () => {
  const bundle = await build({
    stdin: {
      contents: `import { renderAt } from './render'; import { rasterContent } from '@/lib/protocol/content';
        globalThis.draw = (text) => { const v = JSON.parse(text); return rasterContent(renderAt(v, v, { kernel: 'plain' })); };`,
      resolveDir: import.meta.dirname,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
  });
  const vm = (await getQuickJS()).newContext();
  vm.unwrapResult(vm.evalCode(bundle.outputFiles[0]?.text ?? '')).dispose();
  for (const vector of vectors.filter(({ width, height }) => width * height === 256)) {
    const result = vm.unwrapResult(vm.evalCode(`draw(${JSON.stringify(JSON.stringify(vector))})`));
    expect(vm.dump(result)).toBe(vector.content);
    result.dispose();
  }
  vm.dispose();
});

test('a picture does not depend on what the kernel drew before', () => {
  const again = [...vectors].reverse().map((vector) => rasterContent(renderAt(request(vector), vector)));
  expect(again).toEqual([...vectors].reverse().map(({ content }) => content));
});

test.each(HOUSE_MODELS)('every control of $id changes the picture', ({ id, parameterSchema }) => {
  const draw = (params: Record<string, string | number>) =>
    rasterContent(renderAt({ model: id, prompt: 'mossy fire', seed: '3', params }, { width: 48, height: 48 }));
  const plain = draw({});
  for (const [name, rule] of Object.entries(parameterSchema.properties)) {
    if (name === 'width' || name === 'height') continue;
    expect(draw({ [name]: other(rule) }), `${name} does nothing`).not.toBe(plain);
  }
});

test('width and height are the size of the picture, alpha is full', () => {
  const picture = render({ model: 'strata', prompt: '', seed: 5n, params: { width: 512, height: 256 } });
  expect([picture.width, picture.height, picture.rgba.length]).toEqual([512, 256, 512 * 256 * 4]);
  expect(picture.rgba.every((v, i) => i % 4 !== 3 || v === 255)).toBe(true);
});

test('no seed and no prompt gives a near empty frame', () => {
  const words = fc.array(fc.constantFrom('very', 'calm', 'not', 'red', 'white', 'minimal', 'dark', 'wild', 'zen', '🌊', 'qwx'), { maxLength: 6 });
  const model = fc.constantFrom(...HOUSE_MODELS.map(({ id }) => id));
  const seed = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  fc.assert(
    fc.property(model, words, seed, (id, prompt, value) => {
      const picture = renderAt({ model: id, prompt: prompt.join(' '), seed: value, params: {} }, { width: 48, height: 48 });
      expect(spread(picture)).toBeGreaterThan(9);
    }),
    { numRuns: 150, seed: 20261123 },
  );
});

test('stops between rows when asked', () => {
  let rows = 0;
  const run = () => render({ model: 'nacre', prompt: '', seed: '1', params: {} }, { shouldStop: () => ++rows > 3 });
  expect(run).toThrow(RenderStopped);
  expect(rows).toBe(4);
});

test.each(['-1', '01', '1.5', '', '18446744073709551616', 'x'])('refuses the seed "%s"', (seed) => {
  expect(() => renderAt({ model: 'nacre', prompt: '', seed, params: {} }, { width: 16, height: 16 })).toThrow(RangeError);
});

test('the weights digest is that of the committed bytes', () => {
  const digest = createHash('sha256').update(bytesOfBase64(nacre.WEIGHTS_BASE64)).digest('hex');
  expect(HOUSE_MODELS[0]?.weightsDigest).toBe(digest);
  expect(new Set(HOUSE_MODELS.map(({ weightsDigest }) => weightsDigest)).size).toBe(3);
});
