/** About `count` round numbers (1, 2 or 5 times a power of ten apart) that span all values and zero, from low to high. */
export function roundTicks(low: number, high: number, count = 4): number[] {
  const bottom = Math.min(0, low);
  const top = Math.max(0, high);
  if (top === bottom) return [0, 1];
  const rough = (top - bottom) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.floor(bottom / step);
  const last = Math.ceil(top / step);
  // Counted in steps and multiplied once, so that 0.1 + 0.2 never shows.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
