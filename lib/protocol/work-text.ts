/** The longest text that is a work, in UTF-16 code units: some seven printed pages. */
export const MAX_TEXT_CHARACTERS = 20_000;

/** Line feed and tab lay a text out; every other control character is something else than text. */
const CONTROLS = /[^\P{Cc}\n\t]/u;
/** Half a character: it has no UTF-8 bytes. */
const HALVES = /\p{Surrogate}/u;

/**
 * Why a text is not a work, or null where it is one. The rule stands wherever a text is taken: at adapters, before it is signed, and in a record
 * that is checked. No text has NUL, which the hashed bytes of every picture have at their beginning (or are far longer than a text): neither is ever
 * taken for the other.
 */
export function textProblem(text: string): string | null {
  if (text.length > MAX_TEXT_CHARACTERS) return `the text is longer than ${MAX_TEXT_CHARACTERS} characters`;
  if (text.trim() === '') return 'the text is empty';
  if (HALVES.test(text)) return 'the text has half a character in it';
  return CONTROLS.test(text) ? 'the text has control characters in it' : null;
}
