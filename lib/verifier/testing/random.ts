/** Numbers that are the same for the same seed (mulberry32), so that a failing case can be made again. */
export function seededRandom(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(next() * count);
  return {
    below,
    pick: <T>(items: readonly T[]): T => items[below(items.length)] as T,
    hex: (bytes: number) => `0x${Array.from({ length: bytes }, () => below(256).toString(16).padStart(2, '0')).join('')}` as `0x${string}`,
  };
}
export type Random = ReturnType<typeof seededRandom>;
