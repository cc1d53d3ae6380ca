import { z } from 'zod';
import type { chatBody } from '../openai/make-chat';
import type { makeImages } from '../openai/make-images';

/** What we add to each picture or choice. */
const links = z.object({ work: z.string(), receipt: z.string(), seed: z.string() });

export const imagesAnswer = z.object({
  created: z.number().int(),
  data: z.array(z.object({ b64_json: z.string().optional(), url: z.string().optional(), intaglio: links })),
  output_format: z.string(),
}) satisfies z.ZodType<Loose<Awaited<ReturnType<typeof makeImages>>>>;
/** Each picture has one of the two. */
type Loose<T extends { data: { intaglio: unknown }[] }> = Omit<T, 'data'> & {
  data: { b64_json?: string; url?: string; intaglio: T['data'][number]['intaglio'] }[];
};

export const chatAnswer = z.object({
  id: z.string(),
  object: z.literal('chat.completion'),
  created: z.number().int(),
  model: z.string(),
  choices: z.array(
    z.object({
      index: z.number().int(),
      message: z.object({ role: z.literal('assistant'), content: z.string(), refusal: z.null() }),
      logprobs: z.null(),
      finish_reason: z.literal('stop'),
    }),
  ),
  intaglio: z.array(links),
}) satisfies z.ZodType<ReturnType<typeof chatBody>>;
