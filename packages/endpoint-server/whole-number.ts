/** A parameter that is a whole number: they come as texts. */
export const wholeNumber = (value: string | boolean | undefined, fallback: number, min: number, max: number) =>
  typeof value === 'string' && /^\d{1,6}$/.test(value) ? Math.min(Math.max(Number(value), min), max) : fallback;
