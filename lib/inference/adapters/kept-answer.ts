import { EndpointError } from '../endpoint-error';
import { toExactJson } from '../exact-json';

const MAX_BYTES = 64 * 1024;

/** An answer as it is kept with the run: whole, or the beginning of its text where that is over 64 KB. */
export function keptAnswer(answer: unknown): unknown {
  const text = asText(answer);
  return Buffer.byteLength(text) > MAX_BYTES ? { truncated: text.slice(0, MAX_BYTES / 4) } : answer;
}

function asText(answer: unknown): string {
  try {
    return toExactJson(answer);
  } catch (cause) {
    // The parser has no limit of depth, and writing has one.
    throw new EndpointError('garbage', 'the answer is nested too deeply', { charged: 'maybe', cause });
  }
}
