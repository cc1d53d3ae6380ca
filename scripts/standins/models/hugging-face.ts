import { z } from 'zod';
import { readExact } from './exact';
import { picture } from './picture';
import { json, type Reply, type Seen, type StandIn, serve } from './serve';

const parameters = z.strictObject({
  seed: z.bigint().optional(),
  width: z.bigint().optional(),
  height: z.bigint().optional(),
  guidance_scale: z.union([z.bigint(), z.number()]).optional(),
  num_inference_steps: z.bigint().optional(),
  negative_prompt: z.string().optional(),
  scheduler: z.string().optional(),
  prompt: z.string().optional(),
});
const body = z.strictObject({ inputs: z.string(), parameters: parameters.optional() });

export type HuggingFaceWorld = {
  token: string;
  /** How many requests are answered with 503 while the model is loaded. */
  loading: number;
  estimatedSeconds: number;
};
export type HuggingFaceStandIn = StandIn & { world: HuggingFaceWorld };

/** A stand-in for an Inference Endpoint with a diffusers model: the proxy's answers (401, 503) and the toolkit's (400, a picture, "Ok"). */
export async function startHuggingFace(): Promise<HuggingFaceStandIn> {
  const world: HuggingFaceWorld = { token: 'hf_stand_in', loading: 0, estimatedSeconds: 0.02 };
  const standIn = await serve((seen) => answer(world, seen));
  return { ...standIn, world };
}

async function answer(world: HuggingFaceWorld, { method, path, headers, body: bytes }: Seen): Promise<Reply> {
  if (headers.authorization !== `Bearer ${world.token}`) return json(401, { error: 'Invalid username or password.' });
  if (world.loading > 0) {
    world.loading -= 1;
    return json(503, { error: 'Model house/silk is currently loading', estimated_time: world.estimatedSeconds });
  }
  if (path !== '/' && path !== '/health') return json(404, { error: 'Not Found' });
  if (method === 'GET') return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'Ok' };
  const read = body.safeParse(readExact(bytes));
  if (!read.success) return json(400, { error: read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') });
  const { width = 64n, height = 64n, seed = 0n } = read.data.parameters ?? {};
  const png = await picture(Number(width), Number(height), seed);
  // The toolkit serialises as the request asks, and to JSON when it does not ask.
  if (headers.accept !== 'image/png') return json(200, { image: png.toString('base64') });
  return { status: 200, headers: { 'content-type': 'image/png', 'x-request-id': 'req-1' }, body: png };
}
