import type { Answer, RunOutput, RunResult } from '../../adapter';

/** A result of which the endpoint says nothing but what is given. */
export function done(output: RunOutput, raw: unknown, said: Partial<RunResult> = {}): Answer {
  const silent = { seedReported: null, modelReported: null, weightsReported: null, providerJobId: null, signature: null };
  return { kind: 'done', result: { ...silent, ...said, output, raw } };
}
