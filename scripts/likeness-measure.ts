/*
 * How far apart works of the house models are in the perceptual index, and how far a work is from its own copies.
 * `--count N` works a model (default 100), from the `--from`th on (default 0), `--json` ends with one line of JSON. The numbers in lib/likeness/README.md are of this command.
 */
import { parseArgs } from 'node:util';
import { decodeRaster } from '../lib/inference/check-output';
import { render } from '../lib/inference/house/render';
import { bitsApart, differenceOf, MAX_BITS_APART, MAX_DIFFERENCE } from '../lib/likeness/compare';
import { type Likeness, readLikeness } from '../lib/likeness/read-likeness';
import { COPIES } from './lib/likeness-copies';

const MODELS = ['nacre', 'strata', 'vitrail'] as const;
const WORDS = ['ocean', 'fire', 'dense', 'calm', 'golden', 'night', 'mandala', 'storm', 'glass', 'moss', 'winter', 'electric', 'dust', 'bloom'];
const SIDE = 512;

type Sample = { model: string; likeness: Likeness };
type Apart = { bits: number; difference: number };

const { values } = parseArgs({
  options: { count: { type: 'string', default: '100' }, from: { type: 'string', default: '0' }, json: { type: 'boolean', default: false } },
});

/** Another prompt and another seed each time, the same ones in every run. */
function pictureOf(model: (typeof MODELS)[number], i: number) {
  const word = (step: number) => WORDS[(i * step + step) % WORDS.length] ?? '';
  const prompt = i % 10 === 0 ? '' : `${word(3)} ${word(5)} ${word(9)}`;
  return render({ model, prompt, seed: (BigInt(i + 1) * 0x9e3779b97f4a7c15n) % 2n ** 64n, params: { width: SIDE, height: SIDE } });
}

const apart = (a: Likeness, b: Likeness): Apart => ({ bits: bitsApart(a.hash, b.hash), difference: differenceOf(a.form, b.form) });

/** Nearest, middle and farthest of both measures, and how many the search would find. */
function row(what: string, all: Apart[]) {
  const spread = (measure: keyof Apart) => {
    const ordered = all.map((one) => one[measure]).sort((a, b) => a - b);
    return [0, 0.01, 0.5, 0.95, 1].map((share) => ordered[Math.min(ordered.length - 1, Math.floor(share * ordered.length))]).join(' ');
  };
  const byBits = all.filter(({ bits }) => bits <= MAX_BITS_APART);
  const found = byBits.filter(({ difference }) => difference <= MAX_DIFFERENCE).length;
  return { what, compared: all.length, bits: spread('bits'), difference: spread('difference'), byBits: byBits.length, found };
}

function pairs(isMeant: (a: Sample, b: Sample) => boolean): Apart[] {
  return samples.flatMap((a, i) =>
    samples
      .slice(i + 1)
      .filter((b) => isMeant(a, b))
      .map((b) => apart(a.likeness, b.likeness)),
  );
}

const samples: Sample[] = [];
const copies: Record<string, Apart[]> = Object.fromEntries(Object.keys(COPIES).map((name) => [name, []]));
for (const model of MODELS)
  for (let i = 0; i < Number(values.count); i++) {
    const picture = pictureOf(model, Number(values.from) + i);
    const likeness = readLikeness(picture);
    if (!likeness) throw new Error(`${model} ${i} has no form`);
    samples.push({ model, likeness });
    for (const [name, copy] of Object.entries(COPIES)) {
      const changed = readLikeness(await decodeRaster(await copy(picture)));
      if (changed) copies[name]?.push(apart(changed, likeness));
    }
  }

const rows = [
  ...MODELS.map((model) =>
    row(
      `two works of ${model}`,
      pairs((a, b) => a.model === model && b.model === model),
    ),
  ),
  row(
    'works of two models',
    pairs((a, b) => a.model !== b.model),
  ),
  ...Object.entries(copies).map(([name, all]) => row(`copy: ${name}`, all)),
];
console.log(`bits, difference: nearest, 1 %, median, 95 %, farthest. byBits: at most ${MAX_BITS_APART} bits; found: and at most ${MAX_DIFFERENCE} ‰`);
console.table(Object.fromEntries(rows.map(({ what, ...rest }) => [what, rest])));
if (values.json) console.log(JSON.stringify({ measure: 'likeness', maxBitsApart: MAX_BITS_APART, maxDifference: MAX_DIFFERENCE, rows }));
