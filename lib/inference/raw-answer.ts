const LONGEST_TEXT = 2_000;
const LARGEST_BYTES = 64 * 1024;
const DEEPEST = 20;
/** A shorter prompt is likely to be part of some other word. */
const SHORTEST_WITHIN = 8;

/** Base64 of a thousand characters is a file, whatever it is called. */
const isFile = (text: string) => /^data:/i.test(text) || /^[A-Za-z0-9+/]{1000}/.test(text);

/** Neither NUL nor half of a surrogate pair has a place in Postgres. */
const storable = (text: string) => Buffer.from(text.replaceAll('\0', '\ufffd')).toString();

/**
 * A provider's answer as it is kept for disputes: files cut out, the prompt cut out (it is kept in one place, where it can be deleted),
 * integers exact as text, 64 KB at most.
 */
export function rawAnswer(answer: unknown, prompt: string): unknown {
  const shortText = (whole: string): string => {
    const text = storable(whole);
    if (text === prompt) return '[the prompt]';
    if (isFile(text)) return `[a file, ${text.length} characters]`;
    // Long enough to hold all of a prompt that begins in what is kept.
    const head = text.slice(0, LONGEST_TEXT + prompt.length);
    const kept = prompt.length < SHORTEST_WITHIN ? head : head.replaceAll(prompt, '[the prompt]');
    return text.length > LONGEST_TEXT ? `${kept.slice(0, LONGEST_TEXT)} [of ${text.length} characters]` : kept;
  };
  const short = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return shortText(value);
    if (typeof value === 'bigint') return value.toString();
    if (typeof value !== 'object' || value === null) return value;
    if (depth === DEEPEST) return '[more]';
    if (Array.isArray(value)) return value.map((item) => short(item, depth + 1));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [shortText(key), short(item, depth + 1)]));
  };
  const kept = short(answer, 0);
  const text = JSON.stringify(kept) ?? 'null';
  return Buffer.byteLength(text) <= LARGEST_BYTES ? kept : { cut: storable(text.slice(0, LARGEST_BYTES / 4)) };
}
