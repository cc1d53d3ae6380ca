import { PALETTES } from '../colour/palettes';
import { bytesOfBase64 } from '../kernel/base64';
import { HEADS, HIDDEN, INPUTS, LAYERS } from '../kernel/layout';
import { HASH_DIMS } from '../text/encode';
import { AXES } from '../text/lexicon';

/*
 * A weights file: 'IHW1', then u8 flow steps, u8 flow units, u8 palettes, u8 condition size, 18 activation bytes,
 * two zero bytes, then for each tensor in TENSORS an f32 little endian scale and its int8 values, row-major.
 */
export const LATENTS = 8;
export const CONDITION = HASH_DIMS + AXES.length + LATENTS;
export const NEURONS = LAYERS * HIDDEN;
export const BLOCKS = NEURONS / 4;
export const HEADER_BYTES = 8 + BLOCKS + 2;
export const MAGIC = 'IHW1';

export type TensorName =
  | 'flowX'
  | 'flowY'
  | 'flowPhase'
  | 'flowGain'
  | 'flowFilm'
  | 'layer0'
  | 'layer1'
  | 'layer2'
  | 'heads'
  | 'filmGain'
  | 'filmShift'
  | 'paletteKeys';

export interface Weights {
  flowSteps: number;
  flowUnits: number;
  acts: readonly number[];
  tensors: Readonly<Record<TensorName, Float64Array>>;
}

/** Tensors in file order with their number of values. Dense rows hold the bias first. */
export function tensorSizes(flowSteps: number, flowUnits: number): readonly (readonly [TensorName, number])[] {
  const units = flowSteps * flowUnits;
  return [
    ['flowX', units],
    ['flowY', units],
    ['flowPhase', units],
    ['flowGain', units],
    ['flowFilm', units * CONDITION],
    ['layer0', HIDDEN * (INPUTS + 1)],
    ['layer1', HIDDEN * (HIDDEN + 1)],
    ['layer2', HIDDEN * (HIDDEN + 1)],
    ['heads', HEADS * (HIDDEN + 1)],
    ['filmGain', NEURONS * CONDITION],
    ['filmShift', NEURONS * CONDITION],
    ['paletteKeys', PALETTES.length * HASH_DIMS],
  ];
}

/** Reads a weights file. Throws when it is not one or when its length is wrong. */
export function parseWeights(bytes: Uint8Array): Weights {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  if (magic !== MAGIC || bytes[6] !== PALETTES.length || bytes[7] !== CONDITION) {
    throw new Error('not a weights file of this engine');
  }
  const flowSteps = bytes[4] ?? 0;
  const flowUnits = bytes[5] ?? 0;
  let at = HEADER_BYTES;
  const tensors: Partial<Record<TensorName, Float64Array>> = {};
  for (const [name, size] of tensorSizes(flowSteps, flowUnits)) {
    const scale = view.getFloat32(at, true);
    at += 4;
    const values = new Float64Array(size);
    for (let i = 0; i < size; i++) values[i] = view.getInt8(at + i) * scale;
    tensors[name] = values;
    at += size;
  }
  if (at !== bytes.byteLength) throw new Error('weights file has a wrong length');
  return {
    flowSteps,
    flowUnits,
    acts: [...bytes.subarray(8, 8 + BLOCKS)],
    tensors: tensors as Record<TensorName, Float64Array>,
  };
}

export function weightsOfBase64(text: string): Weights {
  return parseWeights(bytesOfBase64(text));
}
