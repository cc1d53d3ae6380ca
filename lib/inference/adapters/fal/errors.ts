import { z } from 'zod';
import type { OutboundAnswer } from '../../outbound/open-outbound';
import { codeWord, type Explained, peek } from '../shared/ask';

const entry = z.object({ type: z.string().optional(), loc: z.array(z.union([z.string(), z.number()])).optional() });
const problem = z.object({ detail: z.union([z.array(entry), z.string()]).optional(), error_type: z.string().optional() });

const FILTERED = new Set(['content_policy_violation', 'nsfw_content_detected']);
/** What it answers for a model's result that is there no less than a second later. */
const PASSES = new Set([429, 502, 503, 504]);

/** Its errors list what is wrong with which field, each with a type. */
export function explainFal(answer: OutboundAnswer): Explained {
  const { detail, error_type } = peek(problem, answer) ?? {};
  const entries = Array.isArray(detail) ? detail : [];
  const words = entries.slice(0, 5).flatMap(({ type, loc = [] }) => codeWord([...loc, type].join('.')) ?? []);
  if (error_type && codeWord(error_type)) words.push(error_type);
  return {
    ...(words.length > 0 && { words: words.join(', ') }),
    ...(entries.some(({ type }) => FILTERED.has(type ?? '')) && { fault: 'blocked' }),
  };
}

/** The result of a request that has completed has the status its model ended with. `failed`: its state has said so. */
export function explainFalResult(answer: OutboundAnswer, failed: boolean): Explained {
  const explained = explainFal(answer);
  const modelsOwn = answer.status >= 500 && (failed || !PASSES.has(answer.status));
  return modelsOwn && !explained.fault ? { ...explained, fault: 'failed' } : explained;
}
