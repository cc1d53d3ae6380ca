import type { Kernel } from '../kernel/kernel';
import { DATA, F_HEAD, F_STEP, HEADS, I_CAP, I_PAD, I_RAW, I_RING, I_STRIDE, PLANES } from '../kernel/layout';
import { type Image, setF, setI } from './image';

/** Raw head values on a coarse grid over the whole frame, one array per head, row-major. */
export interface Sample {
  columns: number;
  rows: number;
  /** Side of a grid cell in picture units (the short side of the picture is 2). */
  cell: number;
  heads: readonly Float64Array[];
}

/** Runs the network at about `cells` points spread over a frame of the given proportions. */
export function sampleGrid(kernel: Kernel, image: Image, aspect: { width: number; height: number }, cells: number): Sample {
  const short = Math.min(aspect.width, aspect.height);
  const side = Math.sqrt((aspect.width * aspect.height) / cells);
  const columns = Math.max(8, Math.floor(aspect.width / side / 8 + 0.5) * 8);
  const rows = Math.max(6, Math.floor((aspect.height / aspect.width) * columns + 0.5));
  const cell = ((aspect.width / columns) * 2) / short;
  setF(image, F_STEP, cell, (1 - columns) * 0.5 * cell, (1 - rows) * 0.5 * cell);
  for (let h = 0; h < HEADS; h++) setF(image, F_HEAD + h * 2, 1, 0);
  setI(image, I_RAW, 1);
  setI(image, I_PAD, 0);
  setI(image, I_STRIDE, columns);
  setI(image, I_CAP, 1);
  setI(image, I_RING, DATA);
  const heads = Array.from({ length: PLANES }, () => new Float64Array(columns * rows));
  for (let y = 0; y < rows; y++) {
    kernel.fieldRow(y);
    heads.forEach((values, h) => {
      const from = DATA / 4 + h * columns;
      values.set(image.f32.subarray(from, from + columns), y * columns);
    });
  }
  setI(image, I_RAW, 0);
  return { columns, rows, cell, heads };
}

/** Sorted copy; numbers have a total order here because no field is ever NaN. */
export function sorted(values: Float64Array): Float64Array {
  return values.slice().sort();
}

/** Value at fraction q of a sorted array, linear between neighbours. */
export function quantile(order: Float64Array, q: number): number {
  const at = Math.min(Math.max(q, 0), 1) * (order.length - 1);
  const i = Math.floor(at);
  const low = order[i] ?? 0;
  const high = order[Math.min(i + 1, order.length - 1)] ?? low;
  return low + (high - low) * (at - i);
}

/** Root mean square slope of a head per picture unit. */
export function slope(sample: Sample, head: number): number {
  const values = sample.heads[head] ?? new Float64Array(0);
  const { columns, rows, cell } = sample;
  let sum = 0;
  for (let y = 0; y + 1 < rows; y++) {
    for (let x = 0; x + 1 < columns; x++) {
      const v = values[y * columns + x] ?? 0;
      const dx = (values[y * columns + x + 1] ?? 0) - v;
      const dy = (values[(y + 1) * columns + x] ?? 0) - v;
      sum += dx * dx + dy * dy;
    }
  }
  return Math.sqrt(sum / ((rows - 1) * (columns - 1))) / cell;
}
