import { z } from 'zod';
import type { Answer, EndpointCall } from '../../adapter';
import { EndpointError } from '../../endpoint-error';
import type { OutboundAnswer } from '../../outbound/open-outbound';
import { type Phase, readAs } from '../shared/ask';
import { done } from '../shared/done';
import { limits } from '../shared/limits';
import { outputFile } from '../shared/output-file';

/** How its models, and Replicate itself, say that a safety filter has refused. */
const FILTERED = /nsfw|flagged as sensitive|\(E005\)/i;

const prediction = z.object({
  id: z.string().regex(/^[\w-]{1,100}$/),
  status: z.enum(['starting', 'processing', 'succeeded', 'failed', 'canceled', 'aborted']),
  version: z
    .string()
    .regex(/^[\w.:-]{1,100}$/)
    .nullish()
    .catch(null),
  output: z.unknown().optional(),
  error: z.unknown().optional(),
  urls: z.object({ get: z.string().optional(), cancel: z.string().optional() }).nullish(),
});
type Prediction = z.output<typeof prediction>;

/** What a prediction's state means for the run. */
export async function readPrediction(call: EndpointCall<unknown>, answer: OutboundAnswer, phase: Phase): Promise<Answer> {
  const { value, raw } = readAs(prediction, answer, phase);
  const { id, status, urls, version } = value;
  if (status === 'starting' || status === 'processing') {
    const kept = Object.entries(urls ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return { kind: 'waiting', job: { id, urls: Object.fromEntries(kept) }, pollAfterMs: limits.pollAfterMs };
  }
  if (status !== 'succeeded') throw ended(value);
  const [first] = Array.isArray(value.output) ? value.output : [value.output];
  if (typeof first !== 'string') throw new EndpointError('garbage', 'it succeeded without a file', { charged: 'maybe' });
  // It echoes the seed it was sent, which says nothing of the one that was used.
  const modelReported = version && version !== 'hidden' ? version : null;
  return done(await outputFile(call, first), raw, { modelReported, providerJobId: id });
}

function ended({ status, error }: Prediction): EndpointError {
  const filtered = typeof error === 'string' && FILTERED.test(error.slice(0, 2_000));
  return new EndpointError(filtered ? 'blocked' : 'failed', `the prediction ended as ${status}`, { charged: 'maybe' });
}
