import { answerOf, type Checkpoint, problem, refusal } from './automatic1111-answers';
import { jsonOf } from './json-of';
import { type Reply, type Seen, type StandIn, serve } from './serve';

type Options = {
  checkpoints: Checkpoint[];
  /** `user:password`, as --api-auth takes it. */
  auth?: string;
  /** How long a picture takes. */
  renderMs?: number;
  /** Whether `progress` says which request is being worked on: newer servers do. */
  namesTask?: boolean;
  port?: number;
};
export type Automatic1111 = StandIn & { rendered(): number; interrupt(): void };

const STEP_MS = 5;

/** A stand-in for AUTOMATIC1111's web UI with --api: one request at a time, progress, interruption with a half-done picture. */
export async function startAutomatic1111({ checkpoints, auth, renderMs = 0, namesTask = true, port }: Options): Promise<Automatic1111> {
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

  const standIn = await serve((seen) => {
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
  }, port);
  return {
    ...standIn,
    rendered: () => rendered,
    interrupt: () => {
      state.interrupted = true;
    },
  };
}
