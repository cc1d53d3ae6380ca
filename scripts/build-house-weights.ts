/*
 * Writes the weights of the three house models. They are initialised from a named seed and chosen by eye, not
 * trained: no picture, text or other data set went into them. Same seed, same bytes, on every machine.
 * `--check` compares without writing.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { PALETTES } from '../lib/inference/house/colour/palettes';
import { ACT_BUMP, ACT_RIDGE, ACT_SIN, ACT_TANH, HIDDEN, INPUTS } from '../lib/inference/house/kernel/layout';
import { asciiBytes, type Random, randomFrom } from '../lib/inference/house/prng';
import { BLOCKS, CONDITION, HEADER_BYTES, MAGIC, type TensorName, tensorSizes } from '../lib/inference/house/weights/format';

interface Recipe {
  seed: string;
  flowSteps: number;
  flowUnits: number;
  /** Activation per block of four neurons, layer by layer. */
  acts: readonly number[];
  /** Standard deviation of the first layer's input weights and of the hidden ones. */
  first: number;
  hidden: number;
}

const S = ACT_SIN;
const T = ACT_TANH;
const B = ACT_BUMP;
const R = ACT_RIDGE;

const RECIPES: Readonly<Record<string, Recipe>> = {
  nacre: { seed: 'nacre/1', flowSteps: 5, flowUnits: 6, acts: [S, S, T, T, B, S, S, T, T, T, B, S, T, T, T, S, S, B], first: 0.75, hidden: 0.8 },
  strata: { seed: 'strata/1', flowSteps: 7, flowUnits: 6, acts: [S, S, T, T, B, S, S, T, T, B, T, S, T, T, S, S, T, B], first: 0.55, hidden: 0.75 },
  vitrail: { seed: 'vitrail/1', flowSteps: 4, flowUnits: 6, acts: [S, S, R, T, B, S, S, R, T, B, T, S, T, S, S, R, T, B], first: 0.9, hidden: 0.85 },
};

/** Values of one tensor before quantisation. */
function draw(name: TensorName, size: number, recipe: Recipe, random: Random): number[] {
  const normals = (deviation: number) => Array.from({ length: size }, () => random.normal() * deviation);
  const dense = (inputs: number, deviation: number, bias: number) =>
    Array.from({ length: size }, (_, i) => random.normal() * (i % (inputs + 1) === 0 ? bias : deviation));
  switch (name) {
    case 'flowPhase':
      return Array.from({ length: size }, () => random.uniform());
    case 'flowGain':
      return Array.from({ length: size }, () => random.between(0.5, 1.4));
    case 'flowFilm':
      return normals(0.16);
    case 'layer0':
      return dense(INPUTS, recipe.first, 1);
    case 'layer1':
    case 'layer2':
      return dense(HIDDEN, recipe.hidden / Math.sqrt(HIDDEN / 2), 0.6);
    case 'heads':
      return dense(HIDDEN, 1 / Math.sqrt(HIDDEN), 0);
    default:
      return normals(name === 'paletteKeys' ? 1 : 1 / Math.sqrt(CONDITION));
  }
}

/** Unit directions, one pair per flow unit, spread by rejection in the unit disc. */
function directions(count: number, random: Random): { x: number[]; y: number[] } {
  const x: number[] = [];
  const y: number[] = [];
  while (x.length < count) {
    const a = random.between(-1, 1);
    const b = random.between(-1, 1);
    const length = Math.sqrt(a * a + b * b);
    if (length > 1 || length < 0.05) continue;
    x.push(a / length);
    y.push(b / length);
  }
  return { x, y };
}

/** The exact bytes of a weights file. */
function weightsFile(recipe: Recipe): Uint8Array {
  const random = randomFrom(`weights:${recipe.seed}`);
  const sizes = tensorSizes(recipe.flowSteps, recipe.flowUnits);
  const bytes = new Uint8Array(HEADER_BYTES + sizes.reduce((sum, [, size]) => sum + 4 + size, 0));
  const view = new DataView(bytes.buffer);
  bytes.set(asciiBytes(MAGIC));
  bytes.set([recipe.flowSteps, recipe.flowUnits, PALETTES.length, CONDITION, ...recipe.acts.slice(0, BLOCKS)], 4);
  const flow = directions(recipe.flowSteps * recipe.flowUnits, random);
  let at = HEADER_BYTES;
  for (const [name, size] of sizes) {
    const values = name === 'flowX' ? flow.x : name === 'flowY' ? flow.y : draw(name, size, recipe, random);
    const peak = values.reduce((most, v) => Math.max(most, Math.abs(v)), 1e-6);
    view.setFloat32(at, peak / 127, true);
    const scale = view.getFloat32(at, true);
    values.forEach((v, i) => {
      view.setInt8(at + 4 + i, Math.min(Math.max(Math.floor(v / scale + 0.5), -127), 127));
    });
    at += 4 + size;
  }
  return bytes;
}

function moduleText(bytes: Uint8Array): string {
  const digest = createHash('sha256').update(bytes).digest('hex');
  return [
    '// Written by scripts/build-house-weights.ts; do not edit. Initialised from a named seed and curated, not trained.',
    `export const WEIGHTS_SHA256 = '${digest}';`,
    `export const WEIGHTS_BASE64 =\n  '${Buffer.from(bytes).toString('base64')}';`,
    '',
  ].join('\n');
}

async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  for (const [model, recipe] of Object.entries(RECIPES)) {
    const target = new URL(`../lib/inference/house/weights/${model}.ts`, import.meta.url);
    const text = moduleText(weightsFile(recipe));
    if (!check) {
      await writeFile(target, text);
    } else if ((await readFile(target, 'utf8')) !== text) {
      console.error(`weights/${model}.ts does not match its recipe: run npx tsx scripts/build-house-weights.ts`);
      process.exitCode = 1;
    }
  }
  console.log(check ? 'weights: compared' : 'weights: written');
}

await main();
