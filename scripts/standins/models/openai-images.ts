import { z } from 'zod';
import { picture } from './picture';
import { json, type Reply, type Seen, type StandIn, serve } from './serve';

const common = { prompt: z.string().min(1).max(32_000), n: z.int().min(1).max(10).optional(), user: z.string().optional() };
const SIZES = ['1024x1024', '1536x1024', '1024x1536'] as const;
const gpt = z.strictObject({
  ...common,
  model: z.literal('gpt-image-1'),
  size: z.enum([...SIZES, 'auto']).optional(),
  quality: z.enum(['low', 'medium', 'high', 'auto']).optional(),
  background: z.enum(['transparent', 'opaque', 'auto']).optional(),
  output_format: z.enum(['png', 'jpeg', 'webp']).optional(),
  output_compression: z.int().min(0).max(100).optional(),
  moderation: z.enum(['low', 'auto']).optional(),
});
const dalle = z.strictObject({
  ...common,
  model: z.literal('dall-e-3'),
  n: z.literal(1).optional(),
  size: z.enum(['1024x1024', '1792x1024', '1024x1792']).optional(),
  quality: z.enum(['standard', 'hd']).optional(),
  style: z.enum(['vivid', 'natural']).optional(),
  response_format: z.enum(['url', 'b64_json']).optional(),
});

export type OpenAiWorld = {
  key: string;
  models: string[];
  /** Prompts with this word are refused. */
  forbidden: string;
  /** In place of its own data. */
  data?: unknown;
};
export type OpenAiStandIn = StandIn & { world: OpenAiWorld };

const fault = (status: number, message: string, type: string, code: string | null, param: string | null = null) =>
  json(status, { error: { message, type, param, code } });

/** A stand-in for OpenAI's images API: what each model takes and refuses, edits as forms, moderation, files. */
export async function startOpenAi(): Promise<OpenAiStandIn> {
  const world: OpenAiWorld = { key: 'sk-stand-in', models: ['gpt-image-1', 'dall-e-3'], forbidden: 'forbidden' };
  const standIn = await serve((seen, url) => answer(world, url, seen));
  return { ...standIn, world };
}

async function answer(world: OpenAiWorld, url: string, seen: Seen): Promise<Reply> {
  const { method, path, headers } = seen;
  if (path.startsWith('/files/')) return { status: 200, headers: { 'content-type': 'image/png' }, body: await picture(64, 64, 3n) };
  if (headers.authorization !== `Bearer ${world.key}`) return fault(401, 'Incorrect API key provided', 'invalid_request_error', 'invalid_api_key');
  if (method === 'GET' && path.startsWith('/v1/models/')) {
    const id = decodeURIComponent(path.slice('/v1/models/'.length));
    if (!world.models.includes(id)) return fault(404, `The model '${id}' does not exist`, 'invalid_request_error', 'model_not_found', 'model');
    return json(200, { id, object: 'model', created: 1_700_000_000, owned_by: 'system' });
  }
  if (method === 'POST' && path === '/v1/images/generations') return make(world, url, JSON.parse(seen.body.toString()));
  if (method === 'POST' && path === '/v1/images/edits') return edit(world, url, seen);
  return fault(404, `Invalid URL (${method} ${path})`, 'invalid_request_error', null);
}

async function make(world: OpenAiWorld, url: string, fields: Record<string, unknown>): Promise<Reply> {
  if (!world.models.includes(String(fields.model))) return fault(400, 'Invalid value', 'invalid_request_error', 'invalid_value', 'model');
  const isGpt = fields.model === 'gpt-image-1';
  const read = (isGpt ? gpt : dalle).safeParse(fields);
  if (!read.success) {
    const [issue] = read.error.issues;
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    if (unknown) return fault(400, `Unknown parameter: '${unknown}'.`, 'invalid_request_error', 'unknown_parameter', unknown);
    return fault(400, 'Invalid value', 'invalid_request_error', 'invalid_value', issue?.path.join('.') ?? null);
  }
  if (read.data.prompt.includes(world.forbidden)) {
    const said = 'Your request was rejected by the safety system.';
    return isGpt
      ? fault(400, said, 'image_generation_user_error', 'moderation_blocked')
      : fault(400, said, 'invalid_request_error', 'content_policy_violation');
  }
  const size = read.data.size && read.data.size !== 'auto' ? read.data.size : '1024x1024';
  const [width = 0, height = 0] = size.split('x').map(Number);
  if (world.data) return json(200, { created: 1_700_000_000, data: world.data });
  const b64_json = (await picture(width, height, 2n)).toString('base64');
  const usage = { total_tokens: 100, input_tokens: 50, output_tokens: 50, input_tokens_details: { text_tokens: 10, image_tokens: 40 } };
  if (isGpt)
    return json(200, { created: 1_700_000_000, data: [{ b64_json }], usage, size, output_format: 'png', quality: 'high', background: 'opaque' });
  const inBase64 = 'response_format' in read.data && read.data.response_format === 'b64_json';
  const file = inBase64 ? { b64_json } : { url: `${url}/files/1.png?sig=secret` };
  return json(200, { created: 1_700_000_000, data: [{ ...file, revised_prompt: 'A revised prompt.' }] });
}

async function edit(world: OpenAiWorld, url: string, { headers, body }: Seen): Promise<Reply> {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return fault(400, 'Unsupported content type', 'invalid_request_error', null);
  const form = await new Response(Uint8Array.from(body), { headers: { 'content-type': type } }).formData();
  const { image, n, ...fields } = Object.fromEntries(form);
  if (!(image instanceof File) || image.type !== 'image/png') {
    return fault(400, 'Missing required parameter', 'invalid_request_error', 'missing_required_parameter', 'image');
  }
  return make(world, url, { ...fields, ...(n !== undefined && { n: Number(n) }) });
}
