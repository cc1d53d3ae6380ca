import { z } from 'zod';
import type { Answer, EndpointCall, ProviderJob } from '../../adapter';
import { EndpointError } from '../../endpoint-error';
import type { OutboundAnswer } from '../../outbound/open-outbound';
import { readAs } from '../shared/ask';
import { done } from '../shared/done';
import { outputFile } from '../shared/output-file';

const MOST_SEED = 2n ** 64n;

const file = z.object({ url: z.string() });
const payload = z.object({
  images: z.array(file).optional(),
  image: file.nullish(),
  seed: z.union([z.bigint(), z.int()]).nullish().catch(null),
  has_nsfw_concepts: z.array(z.boolean()).nullish().catch(null),
});

/** What a completed request made: each app has its own shape, and these parts in common. */
export async function readPayload(call: EndpointCall<unknown>, answer: OutboundAnswer, job: ProviderJob): Promise<Answer> {
  const { value, raw } = readAs(payload, answer, 'follow');
  const address = value.images?.[0]?.url ?? value.image?.url;
  if (address === undefined) throw new EndpointError('garbage', 'it completed without a picture', { charged: 'maybe' });
  // Its checker answers with a black picture in place of what it has refused.
  if (value.has_nsfw_concepts?.[0]) throw new EndpointError('blocked', 'its checker blacked the picture out', { charged: 'maybe' });
  const seed = value.seed == null ? null : BigInt(value.seed);
  const seedReported = seed !== null && seed >= 0n && seed < MOST_SEED ? seed : null;
  return done(await outputFile(call, address), raw, { seedReported, providerJobId: job.id });
}
