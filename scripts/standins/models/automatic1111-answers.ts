import { toExactJson } from '@/lib/inference/exact-json';
import { picture } from './picture';
import type { Reply } from './serve';

export type Checkpoint = { title: string; model_name: string; hash: string | null; sha256: string | null; filename: string };
const SAMPLERS = ['Euler a', 'DPM++ 2M', 'DDIM'];

/** What the handlers of FastAPI say of an exception. */
export const problem = (status: number, error: string, detail: unknown): Reply => ({ status, json: { error, detail, body: '', errors: '' } });
const unprocessable = (field: string, msg: string): Reply => ({ status: 422, json: { detail: [{ loc: ['body', field], msg, type: 'type_error' }] } });

/** What it says of a request that it does not take; null where it does. */
export function refusal(body: Record<string, unknown> | null, image: boolean): Reply | null {
  if (!body) return unprocessable('body', 'value is not a valid dict');
  for (const field of ['seed', 'steps', 'width', 'height']) {
    const isInteger = typeof body[field] === 'bigint' || Number.isInteger(body[field]);
    if (body[field] !== undefined && !isInteger) return unprocessable(field, 'value is not a valid integer');
  }
  if (body.cfg_scale !== undefined && typeof body.cfg_scale !== 'number') return unprocessable('cfg_scale', 'value is not a valid float');
  if (body.prompt !== undefined && typeof body.prompt !== 'string') return unprocessable('prompt', 'str type expected');
  if (image && !Array.isArray(body.init_images)) return problem(404, 'HTTPException', 'Init image not found');
  if (body.sampler_name !== undefined && !SAMPLERS.includes(String(body.sampler_name))) return problem(404, 'HTTPException', 'Sampler not found');
  return null;
}

/** A picture, and `info` as JSON in a string. */
export async function answerOf(body: Record<string, unknown>, model: Checkpoint | undefined, job_timestamp: string): Promise<Reply> {
  const seed = body.seed === -1 ? 4_294_967_293n : BigInt(body.seed as number | bigint);
  const { width = 512, height = 512, prompt } = body as { width?: number; height?: number; prompt?: string };
  const names = { sd_model_name: model?.model_name, sd_model_hash: model?.hash, sd_vae_hash: null };
  const info = toExactJson({ prompt, seed, all_seeds: [seed], ...names, job_timestamp, version: 'v1.10.1' });
  return { json: { images: [(await picture(width, height, seed)).toString('base64')], parameters: { ...body, init_images: null }, info } };
}
