import { z } from 'zod';
import { type AdapterParts, defineAdapter, type RunResult } from '@/lib/inference/adapter';
import { EndpointError } from '@/lib/inference/endpoint-error';
import { pixelsOf } from '@/prisma/seed/test-model';

export const resultOf = (seed: bigint, more: Partial<RunResult> = {}): RunResult => ({
  output: pixelsOf(seed),
  seedReported: seed,
  modelReported: null,
  weightsReported: null,
  providerJobId: 'job-1',
  signature: null,
  raw: { told: 'twice', echo: 'asked for: a private thought, drawn', nul: '\0', half: '\ud800' },
  ...more,
});
type Script = Pick<AdapterParts<unknown>, 'submit'> & Partial<AdapterParts<unknown>>;
export const scripted = (script: Script) =>
  defineAdapter({ options: z.unknown(), resubmit: 'charged', check: async () => ({ ms: 0, modelReported: null }), ...script });
export const failing = (charged: 'no' | 'maybe', fault: 'failed' | 'refused' | 'unauthorised' = 'failed') =>
  scripted({ submit: () => Promise.reject(new EndpointError(fault, 'as told', { charged })) });
