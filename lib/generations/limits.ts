// Apart from schema.ts, so that the playground can check while somebody types without carrying zod to the browser.

export const MAX_VARIATIONS = 4;
export const MAX_PROMPT_CHARACTERS = 1000;

/** What is wrong with a seed as decimal text, in words; null for a uint64. */
export function seedProblem(text: string): string | null {
  if (!/^(0|[1-9]\d{0,19})$/.test(text)) return 'A seed is a whole number.';
  return BigInt(text) < 1n << 64n ? null : 'A seed is below 18446744073709551616.';
}
