import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { readExact, writeExact } from './exact';
import { picture } from './picture';
import { json, type Reply, type Seen, type StandIn, serve } from './serve';
import { newSecret, signHook } from './sign-replicate';

const input = z.strictObject({
  prompt: z.string(),
  seed: z.bigint().optional(),
  width: z.bigint().optional(),
  height: z.bigint().optional(),
  guidance_scale: z.union([z.bigint(), z.number()]).optional(),
  num_inference_steps: z.bigint().optional(),
  image: z.string().optional(),
});
const hook = { webhook: z.url().optional(), webhook_events_filter: z.array(z.enum(['start', 'output', 'logs', 'completed'])).optional() };
const byVersion = z.strictObject({ version: z.string(), input, ...hook });
const byName = z.strictObject({ input, ...hook });

type Status = 'starting' | 'processing' | 'succeeded' | 'failed' | 'canceled' | 'aborted';
type Job = { id: string; states: Status[]; input: z.output<typeof input>; webhook?: string };
export type ReplicateWorld = {
  token: string;
  version: string;
  model: string;
  /** What a job shows, one a look, the last for good. */
  states: Status[];
  error: string | null;
  /** In place of its own file. */
  output?: unknown;
  /** Its cancellation is taken, and the picture comes all the same. */
  deafToCancel: boolean;
  /** How often one webhook is sent. */
  deliveries: number;
  secrets: string[];
  /** In place of its own addresses of a job. */
  urls?: Record<string, string>;
};
/** `finish` ends every job, with nobody looking. */
export type ReplicateStandIn = StandIn & { world: ReplicateWorld; jobs: Map<string, Job>; finish(): Promise<void> };

const problem = (status: number, title: string, detail: string, more: object = {}) => json(status, { title, detail, status, ...more });
const unauthenticated = problem(401, 'Unauthenticated', 'You did not pass a valid authentication token');
const notFound = problem(404, 'Not found', 'The requested resource could not be found.');

/** A stand-in for Replicate's HTTP API: predictions that move on at every look, cancellations, files, signed webhooks. */
export async function startReplicate({ port }: { port?: number } = {}): Promise<ReplicateStandIn> {
  const world: ReplicateWorld = {
    token: 'r8_stand_in',
    version: 'a3'.repeat(32),
    model: 'house/official',
    states: ['starting', 'processing', 'succeeded'],
    error: null,
    deafToCancel: false,
    deliveries: 1,
    secrets: [newSecret()],
  };
  const jobs = new Map<string, Job>();
  const standIn = await serve((seen, url) => answer({ world, jobs, url }, seen), port);
  const finish = async () => {
    for (const job of jobs.values()) {
      job.states = job.states.slice(-1);
      await deliver({ world, jobs, url: standIn.url }, job);
    }
  };
  return { ...standIn, world, jobs, finish };
}

type Parts = { world: ReplicateWorld; jobs: Map<string, Job>; url: string };

async function answer(parts: Parts, seen: Seen): Promise<Reply> {
  const { world, jobs } = parts;
  const { method, path, headers } = seen;
  const [, , , id = '', verb] = path.split('/');
  if (path.startsWith('/files/')) return file(parts, path);
  if (headers.authorization !== `Bearer ${world.token}`) return unauthenticated;
  if (method === 'POST' && (path === '/v1/predictions' || path === `/v1/models/${world.model}/predictions`)) return create(parts, seen);
  if (method === 'GET' && path === '/v1/account') return json(200, { type: 'organization', username: 'house', name: 'House' });
  if (method === 'GET' && path === `/v1/models/${world.model}`) {
    return json(200, { owner: 'house', name: 'official', latest_version: { id: world.version } });
  }
  if (method === 'GET' && path === '/v1/webhooks/default/secret') return json(200, { key: world.secrets.at(-1) });
  const job = path.startsWith('/v1/predictions/') ? jobs.get(id) : undefined;
  if (!job) return notFound;
  if (method === 'POST' && verb === 'cancel') {
    if (!world.deafToCancel) job.states = ['canceled'];
    return json(200, shown(parts, job));
  }
  if (method !== 'GET' || verb) return notFound;
  if (job.states.length > 1) job.states.shift();
  if (job.states.length === 1) await deliver(parts, job);
  return json(200, shown(parts, job));
}

function create(parts: Parts, { path, body }: Seen): Reply {
  const { world, jobs } = parts;
  const named = path !== '/v1/predictions';
  const read = (named ? byName : byVersion).safeParse(readExact(body));
  if (!read.success) {
    const invalid = read.error.issues.map((issue) => ({ type: issue.code, field: issue.path.join('.'), description: issue.message }));
    return problem(422, 'Input validation failed', invalid.map(({ field, description }) => `- ${field}: ${description}\n`).join(''), {
      invalid_fields: invalid,
    });
  }
  if ('version' in read.data && read.data.version !== world.version) {
    return problem(422, 'Invalid version or not permitted', 'The specified version does not exist (or perhaps you don’t have permission to use it?)');
  }
  const job: Job = { id: randomBytes(13).toString('hex'), states: [...world.states], input: read.data.input, webhook: read.data.webhook };
  jobs.set(job.id, job);
  return json(201, shown(parts, job));
}

function shown({ world, url }: Parts, { id, states, input }: Job): string {
  const status = states[0];
  const api = `${url}/v1/predictions/${id}`;
  return writeExact({
    id,
    model: world.model,
    version: world.version,
    input,
    output: status === 'succeeded' ? (world.output ?? [`${url}/files/${id}.png`]) : null,
    error: status === 'failed' ? world.error : null,
    logs: '',
    metrics: {},
    data_removed: false,
    status,
    urls: world.urls ?? { get: api, cancel: `${api}/cancel`, web: `https://replicate.com/p/${id}` },
  });
}

async function file({ jobs }: Parts, path: string): Promise<Reply> {
  const job = jobs.get(path.slice('/files/'.length, -'.png'.length));
  if (!job) return { status: 404 };
  const { width = 64n, height = 64n, seed = 0n } = job.input;
  return { status: 200, headers: { 'content-type': 'image/png' }, body: await picture(Number(width), Number(height), seed) };
}

/** Once a job is over, and as often as it is told to: the vendor promises "at least once". */
async function deliver(parts: Parts, job: Job): Promise<void> {
  const { webhook } = job;
  if (!webhook) return;
  job.webhook = undefined;
  const body = shown(parts, job);
  const headers = { 'content-type': 'application/json', ...signHook(body, parts.world.secrets, { id: `msg_${job.id}` }) };
  for (let sent = 0; sent < parts.world.deliveries; sent++) await fetch(webhook, { method: 'POST', headers, body, redirect: 'manual' });
}
