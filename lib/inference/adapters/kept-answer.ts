import { EndpointError } from '../endpoint-error';

const MAX_BYTES = 64 * 1024;
/** JSON.stringify escapes only halves of pairs, which Postgres refuses in jsonb, as it refuses NUL. The first branch steps over a backslash itself. */
const NOT_FOR_JSONB = /\\\\|\\u0000|\\ud[89a-f][0-9a-f]{2}/g;

/** An answer as it is kept with the run: integers beyond 2^53 as text, nothing that jsonb refuses, its beginning only where it is over 64 KB. */
export function keptAnswer(answer: unknown): unknown {
  const text = asText(answer).replace(NOT_FOR_JSONB, (found) => (found === '\\\\' ? found : '\\ufffd'));
  return Buffer.byteLength(text) > MAX_BYTES ? { truncated: text.slice(0, MAX_BYTES / 4).replace(/\p{Surrogate}/gu, '') } : JSON.parse(text);
}

function asText(answer: unknown): string {
  try {
    return JSON.stringify(answer, (_, value) => (typeof value === 'bigint' ? value.toString() : value));
  } catch (cause) {
    // The parser has no limit of depth, and writing has one.
    throw new EndpointError('garbage', 'the answer is nested too deeply', { charged: 'maybe', cause });
  }
}
