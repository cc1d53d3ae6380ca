import { z } from 'zod';
import { runInput } from '../schema';

/** What the gateway takes beside OpenAI’s fields: settings of the model, the seed, the work to start from, the pass. */
const ours = { params: runInput.shape.params, seed: runInput.shape.seed, parentWorkId: runInput.shape.parentWorkId, passId: runInput.shape.passId };

/** Fields of OpenAI’s that mean nothing here (quality, style, user …) are taken and left alone; those that would change what comes back are not. */
export const imagesInput = z.looseObject({
  model: runInput.shape.model,
  prompt: runInput.shape.prompt,
  n: runInput.shape.count.nullish().transform((n) => n ?? 1),
  size: z.union([z.literal('auto'), z.string().regex(/^\d{1,5}x\d{1,5}$/, 'A size is WIDTHxHEIGHT.')]).nullish(),
  response_format: z.enum(['url', 'b64_json']).nullish(),
  output_format: z.literal('png', 'Works are PNG files: their receipt is over these pixels.').nullish(),
  stream: z.literal(false, 'Pictures come whole: leave stream out.').nullish(),
  ...ours,
});
export type ImagesInput = z.output<typeof imagesInput>;

const textPart = z.looseObject({ type: z.literal('text', 'Messages hold text here.'), text: z.string() });
const message = z.looseObject({
  role: z.string().max(20),
  content: z.union([z.string(), z.array(textPart).transform((parts) => parts.map((part) => part.text).join('\n'))], 'Messages hold text here.'),
});

export const chatInput = z.looseObject({
  model: runInput.shape.model,
  messages: z.array(message).min(1).max(100),
  n: runInput.shape.count.nullish().transform((n) => n ?? 1),
  stream: z.boolean().nullish(),
  tools: z.array(z.unknown()).max(0, 'Models here call no tools.').nullish(),
  ...ours,
});
export type ChatInput = z.output<typeof chatInput>;
