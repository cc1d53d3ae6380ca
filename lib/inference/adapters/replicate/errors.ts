import { z } from 'zod';
import type { OutboundAnswer } from '../../outbound/open-outbound';
import { codeWord, type Explained, peek } from '../shared/ask';
import { capWait } from '../shared/retry-after';

const problem = z.object({
  detail: z.string().optional(),
  retry_after: z.number().nonnegative().optional(),
  invalid_fields: z.array(z.object({ type: z.string(), field: z.string() })).optional(),
});

/** "Expected available in 1 second", "Your rate limit resets in ~5s": it says so in words, and in no header. */
const WAIT = /(?:available|resets) in ~?(\d{1,5}) ?s/i;

/** Its errors are problem details; a throttled request says there when to come back. */
export function explainReplicate(answer: OutboundAnswer): Explained {
  const { detail = '', retry_after, invalid_fields = [] } = peek(problem, answer) ?? {};
  const seconds = retry_after ?? WAIT.exec(detail.slice(0, 1_000))?.[1];
  const fields = invalid_fields.slice(0, 5).flatMap(({ type, field }) => codeWord(`${field}.${type}`) ?? []);
  return {
    ...(answer.status === 429 && seconds !== undefined && { retryAfterMs: capWait(Number(seconds) * 1_000) }),
    ...(fields.length > 0 && { words: fields.join(', ') }),
  };
}
