import 'server-only';
import type { Hex } from 'viem';
import { chainHead } from './chain-head';

const MOST_KEPT = 10_000;
/** What each chain (null: ours) answered while this was its newest block; emptied with the next. */
const kept = new Map<number | null, { hash: Hex; answers: Map<string, Promise<unknown>> }>();

/**
 * Asks the chain once for everyone who wants to know the same while its newest block stays: it says nothing else before the next one. So many
 * calls in the second in which the index has not read a block yet do not become as many questions. It is asked at that very block: of a provider's
 * nodes, one may be behind, and its answer would be kept. What failed is asked again.
 */
export async function oncePerBlock<T>(key: string, ask: (blockNumber: bigint) => Promise<T>, other: number | null = null): Promise<T> {
  const { hash, number } = await chainHead(other);
  const known = kept.get(other);
  const { answers } = known?.hash === hash && known.answers.size < MOST_KEPT ? known : { answers: new Map<string, Promise<unknown>>() };
  if (answers !== known?.answers) kept.set(other, { hash, answers });
  const answer = (answers.get(key) as Promise<T> | undefined) ?? ask(number);
  answers.set(key, answer);
  answer.catch(() => answers.delete(key));
  return answer;
}
