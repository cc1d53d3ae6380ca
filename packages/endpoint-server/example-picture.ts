import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { lightOf } from './example-relief';
import type { GenerateCall, Generated } from './model';
import { wholeNumber } from './whole-number';

/** From the lowest sheet to the highest. */
const PALETTES = [
  ['#0b1d2a', '#123b4a', '#1f6f78', '#6fb8a8', '#e8d9b5', '#e07a4b'],
  ['#1b1226', '#43204f', '#8a2f5f', '#d6594c', '#f2a65a', '#fbe8c8'],
  ['#14231c', '#2b4a35', '#5f7f4a', '#a9ad6a', '#e4d8a8', '#b5523b'],
  ['#101828', '#233a66', '#4a6fa5', '#9fb8d6', '#ece6dc', '#c9433f'],
  ['#2a1a14', '#5b3223', '#a0583a', '#d9a066', '#f1dfc3', '#3f6f7a'],
];
const rgbOf = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
const ROWS_AT_A_TIME = 16;

/** A smooth field in 0..1 over the plane: value noise in five octaves. */
function noiseField(seed: number): (x: number, y: number) => number {
  const corner = (x: number, y: number) => {
    let h = Math.imul(x, 374_761_393) ^ Math.imul(y, 668_265_263) ^ seed;
    h = Math.imul(h ^ (h >>> 13), 1_274_126_177);
    return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
  };
  const smooth = (t: number) => t * t * t * (t * (t * 6 - 15) + 10);
  const octave = (x: number, y: number) => {
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [smooth(x - left), smooth(y - top)];
    const above = corner(left, top) * (1 - u) + corner(left + 1, top) * u;
    return above * (1 - v) + (corner(left, top + 1) * (1 - u) + corner(left + 1, top + 1) * u) * v;
  };
  return (x, y) => octave(x, y) * 0.58 + octave(x * 2.1 + 7, y * 2.1) * 0.25 + octave(x * 4.3, y * 4.3 + 3) * 0.12 + octave(x * 8.7, y * 8.7) * 0.05;
}

/** Sheets of cut paper, laid over each other along a field of noise that is bent by itself, or along the light and shade of a picture. */
export async function drawSheets({ prompt, seed, params, inputs, signal, onProgress }: GenerateCall): Promise<Generated> {
  const random = createHash('sha256').update(`${seed}:${prompt}`).digest();
  const width = wholeNumber(params.width, 640, 64, 2048);
  const height = wholeNumber(params.height, 640, 64, 2048);
  const sheets = wholeNumber(params.sheets, 8, 3, 24);
  const [bendX, bendY, ground, fibre] = [0, 4, 8, 12].map((at) => noiseField(random.readInt32LE(at))) as [
    NoiseField,
    NoiseField,
    NoiseField,
    NoiseField,
  ];
  const palette = (PALETTES[random.readUInt8(16) % PALETTES.length] as string[]).map(rgbOf);
  const scale = (1.6 + random.readUInt8(17) / 128) / Math.max(width, height);
  const bend = 1.1 + random.readUInt8(18) / 170;
  // A picture to start from is laid in sheets itself: the lighter, the higher.
  const picture = inputs.find((input) => input.kind === 'image');
  const light = picture && lightOf(picture);
  const heightAt = (px: number, py: number) => {
    if (light) return Math.min(light(px / width, py / height), 0.9999) * sheets;
    const [x, y] = [px * scale, py * scale];
    const value = ground(x + bend * bendX(x, y), y + bend * bendY(x + 5, y + 2));
    // Noise keeps to the middle: spread, so that the lowest and the highest sheet are seen, too.
    return Math.min(Math.max((value - 0.22) / 0.56, 0), 0.9999) * sheets;
  };

  const rgba = new Uint8Array(width * height * 4);
  const reach = Math.max(width, height) / 90;
  for (let y = 0; y < height; y++) {
    if (y % ROWS_AT_A_TIME === 0) {
      // Lets the server answer others, and hear that it should stop.
      await setImmediate();
      signal.throwIfAborted();
      onProgress(y / height);
    }
    for (let x = 0; x < width; x++) {
      const here = heightAt(x, y);
      const sheet = Math.floor(here);
      // The light is at the top left: a sheet whose neighbour there is higher lies in its shadow, one whose neighbour is lower shows a bright edge.
      const near = Math.floor(heightAt(x - reach * 0.35, y - reach * 0.35));
      const far = Math.floor(heightAt(x - reach, y - reach * 1.2));
      const shade = 1 - (near > sheet ? 0.26 : 0) - (far > sheet ? 0.16 : 0) + (near < sheet ? 0.09 : 0);
      const paper = 0.965 + 0.07 * fibre(x * 0.35, y * 0.35);
      const [dx, dy] = [x / width - 0.5, y / height - 0.5];
      const light = shade * paper * (1.04 - 0.34 * (dx * dx + dy * dy));
      const at = (sheet / Math.max(sheets - 1, 1)) * (palette.length - 1);
      const low = palette[Math.floor(at)] as Colour;
      const high = palette[Math.min(Math.floor(at) + 1, palette.length - 1)] as Colour;
      const offset = (y * width + x) * 4;
      for (const channel of [0, 1, 2] as const) {
        rgba[offset + channel] = Math.min(Math.max((low[channel] + (high[channel] - low[channel]) * (at % 1)) * light, 0), 255);
      }
      rgba[offset + 3] = 255;
    }
  }
  return { rgba, width, height };
}

type NoiseField = ReturnType<typeof noiseField>;
type Colour = [number, number, number];
