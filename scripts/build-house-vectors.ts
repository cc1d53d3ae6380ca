/*
 * Writes the committed test vectors of the house models: content digests of small pictures. Run it only for a new
 * engine or new weights, which is to say for new model versions; an unwanted change here is a broken promise.
 */
import { writeFile } from 'node:fs/promises';
import type { HouseModelId } from '../lib/inference/house/parameter-schema';
import { renderAt } from '../lib/inference/house/render';
import { rasterContent } from '../lib/protocol/content';

const CASES: readonly { prompt: string; seed: string; params: Record<string, string | number>; width: number; height: number }[] = [
  { prompt: 'ocean storm', seed: '7', params: {}, width: 16, height: 16 },
  { prompt: '', seed: '0', params: { complexity: 0 }, width: 24, height: 16 },
  { prompt: 'très doré, not red 🌋 日本', seed: '18446744073709551615', params: { symmetry: '5', drift: 77 }, width: 20, height: 26 },
  { prompt: 'dense gothic mandala of fire', seed: '123456789', params: { palette: 'delft', scale: 60, complexity: 100 }, width: 32, height: 32 },
];
const MODELS: readonly HouseModelId[] = ['nacre', 'strata', 'vitrail'];

const vectors = MODELS.flatMap((model) =>
  CASES.map((test) => {
    const { width, height, ...request } = test;
    return { model, ...test, content: rasterContent(renderAt({ model, ...request }, { width, height })) };
  }),
);
await writeFile(new URL('../lib/inference/house/vectors.json', import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`);
console.log(`${vectors.length} vectors written`);
