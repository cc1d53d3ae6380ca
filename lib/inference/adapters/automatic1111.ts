import { z } from 'zod';
import { type Answer, defineAdapter, type EndpointCall, pictureOf, type RunRequest } from '../adapter';
import { EndpointError } from '../endpoint-error';
import { parseExactJson } from '../exact-json';
import { isEnded } from '../is-ended';
import { inputMapping, mapParams } from '../map-params';
import { findModel, weightsOf } from './automatic1111-models';
import { interrupt, wasInterrupted, withProgress } from './automatic1111-progress';
import { askBelow, basicAuth, MAX_PICTURE_BYTES, mustMake, timeLimits } from './self-hosted-shared';
import { shapedAs } from './shared/ask';
import { done } from './shared/done';
import { decodeBase64 } from './shared/output-file';

const options = z.strictObject({
  mapping: inputMapping.pick({ names: true, divisors: true, fixed: true }).prefault({}),
  ...timeLimits,
});
type Call = EndpointCall<z.output<typeof options>>;

const answerShape = z.object({ images: z.array(z.string()).min(1), info: z.string().max(1_000_000) });
const infoShape = z.object({
  seed: z.union([z.number().int(), z.bigint()]),
  sd_model_hash: z.string().max(64).nullish(),
  job_timestamp: z.string().optional(),
});
function bodyOf({ reference, options: { mapping } }: Call, request: RunRequest): Record<string, unknown> {
  const input = pictureOf(request);
  return {
    ...mapParams(request, mapping),
    prompt: request.prompt,
    // The server draws one itself where it gets -1, and says which.
    seed: request.seedKind === 'exact' ? request.seed : -1,
    batch_size: 1,
    n_iter: 1,
    override_settings: { sd_model_checkpoint: reference },
    override_settings_restore_afterwards: true,
    send_images: true,
    save_images: false,
    force_task_id: request.runId,
    ...(input && { init_images: [Buffer.from(input.png).toString('base64')] }),
  };
}

async function submit(call: Call, request: RunRequest): Promise<Answer> {
  mustMake('image', request);
  const path = pictureOf(request) ? 'sdapi/v1/img2img' : 'sdapi/v1/txt2img';
  const { answerMs: timeoutMs } = call.options;
  const asking = { path, method: 'POST', json: bodyOf(call, request), headers: basicAuth(call.secret), timeoutMs, phase: 'start' } as const;
  try {
    const { bytes } = await withProgress(call, request.runId, askBelow(call, { ...asking, maxBytes: MAX_PICTURE_BYTES * 2 }));
    return await readResult(call, bytes);
  } catch (error) {
    // The server goes on with a request whose connection is gone.
    const lost = error instanceof EndpointError && error.fault === 'unreachable' && error.charged === 'maybe';
    if (lost || isEnded(call.signal)) await interrupt(call, request.runId);
    throw error;
  }
}

async function readResult(call: Call, bytes: Uint8Array): Promise<Answer> {
  // The seed is exact in `info`, which is JSON in a string; `parameters` is our own request again.
  const { images, info: infoText } = shapedAs(answerShape, readPlain(bytes, JSON.parse), 'start');
  const raw = readPlain(Buffer.from(infoText), parseExactJson);
  const info = shapedAs(infoShape, raw, 'start');
  if (await wasInterrupted(call, info.job_timestamp)) throw new EndpointError('failed', 'it was interrupted half way', { charged: 'maybe' });
  const modelReported = info.sd_model_hash ?? null;
  const said = { seedReported: BigInt(info.seed), modelReported, weightsReported: await weightsOf(call, modelReported ?? '') };
  return done({ kind: 'file', bytes: decodeBase64(images[0] ?? '') }, { info: raw }, said);
}

function readPlain(bytes: Uint8Array, parse: (text: string) => unknown): unknown {
  try {
    return parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    // Without its cause: a parser quotes what it could not read, and `info` repeats the prompt.
    throw new EndpointError('garbage', 'the answer is not JSON', { charged: 'maybe' });
  }
}

/** AUTOMATIC1111's web UI started with --api, and what speaks like it. Its secret is `user:password` of --api-auth. */
export const automatic1111 = defineAdapter<z.output<typeof options>>({
  options,
  resubmit: 'free',
  submit,
  async check(call) {
    const startedAt = performance.now();
    const found = await findModel(call, call.reference);
    if (!found) throw new EndpointError('refused', 'it has no checkpoint of that name', { charged: 'no' });
    return { ms: Math.round(performance.now() - startedAt), modelReported: found.hash ?? null };
  },
});
