import type { ParameterSchema } from '@/lib/models/schema';

export type Size = { width: number; height: number };
export type Shape = { name: string; title: string; sizes: Size[] };

const RATIOS = [
  [1, 1, 'Square'],
  [4, 5, 'Portrait'],
  [3, 4, 'Portrait'],
  [2, 3, 'Tall'],
  [1, 2, 'Scroll'],
  [5, 4, 'Landscape'],
  [4, 3, 'Landscape'],
  [3, 2, 'Wide'],
  [2, 1, 'Panorama'],
] as const;

/** The shapes that a model's width and height allow, each with its sizes, small to large. Empty where it has no such pair. */
export function shapesOf({ properties }: ParameterSchema): Shape[] {
  const numbers = (name: string) => (properties[name]?.enum ?? []).filter((value): value is number => typeof value === 'number');
  const heights = numbers('height');
  return RATIOS.map(([across, down, title]) => ({
    name: `${across}:${down}`,
    title,
    sizes: numbers('width').flatMap((width) => heights.filter((height) => width * down === height * across).map((height) => ({ width, height }))),
  })).filter((shape) => shape.sizes.length > 0);
}

/** The size of a shape whose area is nearest to the given one. */
export function nearestSize({ sizes }: Shape, { width, height }: Size): Size | undefined {
  const distance = (size: Size) => Math.abs(Math.log((size.width * size.height) / (width * height)));
  return sizes.toSorted((a, b) => distance(a) - distance(b))[0];
}
