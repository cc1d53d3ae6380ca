import { labOfHex } from '../colour/oklab';
import { PALETTES, paletteIndex } from '../colour/palettes';
import type { HouseParams } from '../parameters';
import type { Random } from '../prng';
import { encodeText, HASH_DIMS, type TextCode } from '../text/encode';
import { AXES, type Axis } from '../text/lexicon';
import { CONDITION, LATENTS, type Weights } from '../weights/format';

/** What prompt and seed say together. */
export interface Condition {
  /** Input of the FiLM hypernetwork. */
  vector: Float64Array;
  axis(name: Axis): number;
  /** Indices of the main palette and of the accent. */
  palette: number;
  accent: number;
}

/** Mean OKLab a, b of a palette's middle stops: which way it leans. */
function lean(index: number): readonly [number, number] {
  const labs = (PALETTES[index]?.stops ?? []).slice(1, 4).map(labOfHex);
  return [labs.reduce((s, c) => s + c.a, 0) / 3, labs.reduce((s, c) => s + c.b, 0) / 3];
}

const LEANS = PALETTES.map((_, i) => lean(i));

/** Distance of a palette's middle from grey. */
const CHROMAS = PALETTES.map(({ stops }) => {
  const labs = stops.slice(1, 4).map(labOfHex);
  return labs.reduce((sum, { a, b }) => sum + Math.sqrt(a * a + b * b), 0) / 3;
});

/** 1 for neighbours or opposites on the hue circle, 0 for the awkward quarter turn between. */
function harmony(a: number, b: number): number {
  const [ax, ay] = LEANS[a] ?? [0, 0];
  const [bx, by] = LEANS[b] ?? [0, 0];
  const la = Math.sqrt(ax * ax + ay * ay);
  const lb = Math.sqrt(bx * bx + by * by);
  if (la < 0.03 || lb < 0.03) return 0.9;
  const cos = (ax * bx + ay * by) / (la * lb);
  return cos * cos;
}

function best(scores: readonly number[], except: number): number {
  let at = -1;
  scores.forEach((score, i) => {
    if (i !== except && (at < 0 || score > (scores[at] ?? 0))) at = i;
  });
  return at;
}

/** Palette attention: affinity of the words, the weights' own taste for the text, and the seed's mood. */
function choosePalettes(text: TextCode, guidance: number, weights: Weights, params: HouseParams, random: Random): readonly [number, number] {
  const { hash, palettes: affinity } = text;
  const vivid = text.axes[AXES.indexOf('vivid')] ?? 0;
  const keys = weights.tensors.paletteKeys;
  const scores = PALETTES.map((_, p) => {
    let taste = 0;
    for (let d = 0; d < HASH_DIMS; d++) taste += (keys[p * HASH_DIMS + d] ?? 0) * (hash[d] ?? 0);
    const wanted = 4.5 * (affinity[p] ?? 0) + 0.8 * taste + 9 * vivid * ((CHROMAS[p] ?? 0) - 0.1);
    return guidance * wanted + 0.85 * random.normal();
  });
  const chosen = paletteIndex(String(params.palette));
  const palette = chosen >= 0 ? chosen : best(scores, -1);
  const accents = scores.map((score, p) => score + 1.1 * harmony(palette, p) + 0.5 * random.normal());
  const chosenAccent = paletteIndex(String(params.accent));
  return [palette, chosenAccent >= 0 ? chosenAccent : best(accents, palette)];
}

/** Reads prompt, seed stream and parameters into one condition. */
export function conditionOf(prompt: string, weights: Weights, params: HouseParams, random: Random): Condition {
  const text = encodeText(prompt);
  const guidance = Number(params.guidance) / 100;
  const vector = new Float64Array(CONDITION);
  for (let i = 0; i < HASH_DIMS; i++) vector[i] = (text.hash[i] ?? 0) * 0.6 * guidance;
  for (let i = 0; i < AXES.length; i++) vector[HASH_DIMS + i] = (text.axes[i] ?? 0) * guidance;
  for (let i = 0; i < LATENTS; i++) vector[HASH_DIMS + AXES.length + i] = random.normal() * 2.2;
  const [palette, accent] = choosePalettes(text, guidance, weights, params, random);
  return {
    vector,
    axis: (name) => (text.axes[AXES.indexOf(name)] ?? 0) * guidance,
    palette,
    accent,
  };
}
