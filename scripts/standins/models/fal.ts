import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readExact, writeExact } from './exact';
import { picture } from './picture';
import { json, type Reply, type Seen, type StandIn, serve } from './serve';
import { newPair, type Pair, signFal } from './sign-fal';

const input = z.strictObject({
  prompt: z.string(),
  seed: z.bigint().optional(),
  image_size: z.strictObject({ width: z.bigint(), height: z.bigint() }).optional(),
  image_url: z.string().optional(),
  guidance_scale: z.union([z.bigint(), z.number()]).optional(),
  num_inference_steps: z.bigint().optional(),
});

type State = 'IN_QUEUE' | 'IN_PROGRESS' | 'COMPLETED';
type Job = { id: string; states: State[]; input: z.output<typeof input>; webhook?: string };
export type FalWorld = {
  key: string;
  /** The app with its path, as runs are sent to it. */
  app: string;
  states: State[];
  /** What the result answers in place of a picture. */
  failure?: Reply;
  /** In place of its own file. */
  url?: string;
  nsfw: boolean;
  deafToCancel: boolean;
  deliveries: number;
  /** In the catalogue, and open to requests without a key. */
  isPublic: boolean;
  pairs: Pair[];
};
/** `finish` ends every job, with nobody looking. */
export type FalStandIn = StandIn & { world: FalWorld; jobs: Map<string, Job>; finish(): Promise<void> };

/** A stand-in for fal's queue: requests that move on at every look, results with the seed that was used, cancellations, webhooks and their keys. */
export async function startFal(): Promise<FalStandIn> {
  const world: FalWorld = {
    key: 'key_id:key_secret',
    app: 'house/silk/dev',
    states: ['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED'],
    nsfw: false,
    deafToCancel: false,
    deliveries: 1,
    isPublic: false,
    pairs: [newPair()],
  };
  const jobs = new Map<string, Job>();
  const standIn = await serve((seen, url) => answer({ world, jobs, url }, seen));
  const finish = async () => {
    for (const job of jobs.values()) {
      job.states = ['COMPLETED'];
      await deliver({ world, jobs, url: standIn.url }, job);
    }
  };
  return { ...standIn, world, jobs, finish };
}

type Parts = { world: FalWorld; jobs: Map<string, Job>; url: string };

async function answer(parts: Parts, seen: Seen): Promise<Reply> {
  const { world, jobs, url } = parts;
  const { method, path, headers } = seen;
  if (path === '/.well-known/jwks.json') return json(200, { keys: world.pairs.map(({ x }) => ({ kty: 'OKP', crv: 'Ed25519', x })) });
  if (path.startsWith('/files/')) return file(parts, path);
  const hasKey = headers.authorization === `Key ${world.key}`;
  const isOpen = world.isPublic && !path.startsWith('/v1/');
  if (!hasKey && !isOpen) return json(401, { detail: 'Authentication is required to access this application' });
  if (method === 'POST' && path === `/${world.app}`) return create(parts, seen);
  if (path === '/v1/models/pricing') return prices(world, seen);
  const requests = `/${world.app.split('/').slice(0, 2).join('/')}/requests/`;
  if (!path.startsWith(requests)) return json(404, { detail: 'Path not found' });
  const [id = '', verb] = path.slice(requests.length).split('/');
  const job = jobs.get(id);
  if (!job) return verb === 'cancel' ? json(404, { status: 'NOT_FOUND' }) : json(404, { detail: 'Request not found' });
  if (method === 'PUT' && verb === 'cancel') return cancel(parts, job);
  if (method === 'GET' && verb === 'status') {
    if (job.states.length > 1) job.states.shift();
    const status = job.states[0] ?? 'COMPLETED';
    if (status === 'COMPLETED') await deliver(parts, job);
    const more = status === 'IN_QUEUE' ? { queue_position: 0 } : {};
    const error = status === 'COMPLETED' && world.failure ? { error: 'Runner failed', error_type: 'runner_error' } : {};
    return json(status === 'COMPLETED' ? 200 : 202, { status, request_id: id, response_url: `${url}${requests}${id}`, ...more, ...error });
  }
  if (method !== 'GET' || verb) return json(405, { detail: 'Method Not Allowed' });
  if (job.states[0] !== 'COMPLETED') return json(400, { detail: 'Request is still in progress' });
  return world.failure ?? json(200, result(parts, job));
}

/** Of apps in the catalogue. A creator's own is not in it. */
function prices({ app, isPublic }: FalWorld, { query }: Seen): Reply {
  if (!isPublic || query.get('endpoint_id') !== app) return json(404, { error: { type: 'not_found', message: 'Endpoint not found' } });
  return json(200, { prices: [{ endpoint_id: app, unit_price: 0.025, unit: 'image', currency: 'USD' }], next_cursor: null, has_more: false });
}

function create({ world, jobs, url }: Parts, { body, query }: Seen): Reply {
  const read = input.safeParse(readExact(body));
  if (!read.success) {
    return json(422, {
      detail: read.error.issues.map(({ path, message, code }) => ({ loc: ['body', ...path.map(String)], msg: message, type: code })),
    });
  }
  const id = randomUUID();
  jobs.set(id, { id, states: [...world.states], input: read.data, webhook: query.get('fal_webhook') ?? undefined });
  const address = `${url}/${world.app.split('/').slice(0, 2).join('/')}/requests/${id}`;
  return json(200, {
    status: 'IN_QUEUE',
    request_id: id,
    queue_position: 0,
    response_url: address,
    status_url: `${address}/status`,
    cancel_url: `${address}/cancel`,
  });
}

function cancel({ world, jobs }: Parts, job: Job): Reply {
  if (job.states[0] === 'COMPLETED') return json(400, { status: 'ALREADY_COMPLETED' });
  if (world.deafToCancel) return json(202, { status: 'CANCELLATION_REQUESTED' });
  jobs.delete(job.id);
  return json(202, { status: 'CANCELLATION_REQUESTED' });
}

const result = ({ world, url }: Parts, { id, input: { prompt, seed = 0n, image_size } }: Job): string => {
  const { width = 64n, height = 64n } = image_size ?? {};
  const images = [{ url: world.url ?? `${url}/files/${id}.png`, width, height, content_type: 'image/png' }];
  return writeExact({ images, timings: { inference: 0.1 }, seed, has_nsfw_concepts: [world.nsfw], prompt });
};

async function file({ jobs }: Parts, path: string): Promise<Reply> {
  const job = jobs.get(path.slice('/files/'.length, -'.png'.length));
  if (!job) return { status: 404 };
  const { seed = 0n, image_size } = job.input;
  const body = await picture(Number(image_size?.width ?? 64n), Number(image_size?.height ?? 64n), seed);
  return { status: 200, headers: { 'content-type': 'image/png' }, body };
}

async function deliver(parts: Parts, job: Job): Promise<void> {
  const { webhook } = job;
  const pair = parts.world.pairs.at(-1);
  if (!webhook || !pair) return;
  job.webhook = undefined;
  const { failure } = parts.world;
  const outcome = failure ? '"status":"ERROR","error":"Runner failed"' : `"status":"OK","error":null,"payload":${result(parts, job)}`;
  const body = `{"request_id":"${job.id}","gateway_request_id":"${job.id}",${outcome}}`;
  const headers = { 'content-type': 'application/json', ...signFal(body, pair, { id: job.id }) };
  for (let sent = 0; sent < parts.world.deliveries; sent++) await fetch(webhook, { method: 'POST', headers, body, redirect: 'manual' });
}
