import { toExactJson } from '@/lib/inference/exact-json';
import { pictureOf } from './picture';
import { jsonOf, type Reply, type Seen, type StandIn, startStandIn } from './self-hosted-server';

export type Checkpoint = { title: string; model_name: string; hash: string | null; sha256: string | null; filename: string };
type Options = {
  checkpoints: Checkpoint[];
  /** `user:password`, as --api-auth takes it. */
  auth?: string;
  /** How long a picture takes. */
  renderMs?: number;
  /** Whether `progress` says which request is being worked on: newer servers do. */
  namesTask?: boolean;
};
export type Automatic1111 = StandIn & { rendered(): number; interrupt(): void };

const SAMPLERS = ['Euler a', 'DPM++ 2M', 'DDIM'];
const STEP_MS = 5;

/** What the handlers of FastAPI say of an exception. */
const problem = (status: number, error: string, detail: unknown): Reply => ({ status, json: { error, detail, body: '', errors: '' } });
const unprocessable = (field: string, msg: string): Reply => ({ status: 422, json: { detail: [{ loc: ['body', field], msg, type: 'type_error' }] } });

function refusal(body: Record<string, unknown> | null, image: boolean): Reply | null {
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

async function answerOf(body: Record<string, unknown>, model: Checkpoint | undefined, job_timestamp: string): Promise<Reply> {
  const seed = body.seed === -1 ? 4_294_967_293n : BigInt(body.seed as number | bigint);
  const { width = 512, height = 512, prompt } = body as { width?: number; height?: number; prompt?: string };
  const names = { sd_model_name: model?.model_name, sd_model_hash: model?.hash, sd_vae_hash: null };
  const info = toExactJson({ prompt, seed, all_seeds: [seed], ...names, job_timestamp, version: 'v1.10.1' });
  return { json: { images: [(await pictureOf(seed, width, height)).toString('base64')], parameters: { ...body, init_images: null }, info } };
}

/** A stand-in for AUTOMATIC1111's web UI with --api: one request at a time, progress, interruption with a half-done picture. */
export async function startAutomatic1111({ checkpoints, auth, renderMs = 0, namesTask = true }: Options): Promise<Automatic1111> {
  const state = { interrupted: false, job: '', job_count: 0, job_timestamp: '0', sampling_step: 0, sampling_steps: 20 };
  let task: string | null = null;
  let rendered = 0;
  let lock: Promise<unknown> = Promise.resolve();

  async function render(body: Record<string, unknown>): Promise<Reply> {
    const wanted = (body.override_settings as { sd_model_checkpoint?: string } | undefined)?.sd_model_checkpoint;
    // A checkpoint that is not found is not an error there: the loaded one runs.
    const model = checkpoints.find(({ title, model_name, hash }) => [title, model_name, hash].includes(wanted ?? '')) ?? checkpoints[0];
    Object.assign(state, {
      interrupted: false,
      job: 'scripts_txt2img',
      job_count: 1,
      job_timestamp: new Date().toISOString().replace(/\D/g, '').slice(0, 14),
      sampling_step: 0,
    });
    task = typeof body.force_task_id === 'string' ? body.force_task_id : 'task(txt2img-0000000000000000)';
    const startedAt = performance.now();
    while (performance.now() - startedAt < renderMs && !state.interrupted) {
      await new Promise((resolve) => setTimeout(resolve, STEP_MS));
      state.sampling_step = Math.floor(((performance.now() - startedAt) / renderMs) * state.sampling_steps);
    }
    rendered += 1;
    Object.assign(state, { job: '', job_count: 0 });
    task = null;
    return answerOf(body, model, state.job_timestamp);
  }

  function generate(seen: Seen, image: boolean): Promise<Reply> | Reply {
    const body = jsonOf(seen);
    const refused = refusal(body, image);
    if (refused || !body) return refused ?? {};
    const turn = lock.then(() => render(body));
    lock = turn.catch(() => {});
    return turn;
  }

  function progress(): Reply {
    const share = state.job_count === 0 ? 0 : Math.min(0.01 + state.sampling_step / state.sampling_steps, 1);
    return { json: { progress: share, eta_relative: 0, state, current_image: null, textinfo: null, ...(namesTask && { current_task: task }) } };
  }

  const standIn = await startStandIn((seen) => {
    const { authorization } = seen.headers;
    if (auth && authorization === undefined) return { status: 401, headers: { 'www-authenticate': 'Basic' }, json: { detail: 'Not authenticated' } };
    if (auth && authorization !== `Basic ${Buffer.from(auth).toString('base64')}`)
      return problem(401, 'HTTPException', 'Incorrect username or password');
    switch (`${seen.method} ${seen.path}`) {
      case 'POST /sdapi/v1/txt2img':
        return generate(seen, false);
      case 'POST /sdapi/v1/img2img':
        return generate(seen, true);
      case 'GET /sdapi/v1/progress':
        return progress();
      case 'POST /sdapi/v1/interrupt':
        state.interrupted = true;
        return { json: {} };
      case 'GET /sdapi/v1/sd-models':
        return { json: checkpoints.map((checkpoint) => ({ ...checkpoint, config: null })) };
      default:
        return { status: 404, json: { detail: 'Not Found' } };
    }
  });
  return {
    ...standIn,
    rendered: () => rendered,
    interrupt: () => {
      state.interrupted = true;
    },
  };
}
