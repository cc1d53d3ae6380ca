import { randomUUID } from 'node:crypto';
import { type Node, nodeRules, promptProblem } from './comfyui-nodes';
import { openQueue } from './comfyui-queue';
import { jsonOf } from './json-of';
import { type Reply, type Seen, type StandIn, serve } from './serve';

type Options = {
  checkpoints: string[];
  /** What a proxy in front of it asks for. */
  token?: string;
  renderMs?: number;
  /** Gives every prompt an id of its own and interrupts whatever runs, as servers did until 2025. */
  isOld?: boolean;
  /** Every prompt ends with this. */
  failing?: { exception_type: string };
};
export type ComfyUI = StandIn & { uploads: Set<string> };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const badPrompt = (type: string, message: string): Reply => ({
  status: 400,
  json: { error: { type, message, details: message, extra_info: {} }, node_errors: {} },
});

/** A stand-in for ComfyUI's server: checks a workflow's nodes and inputs, runs one prompt at a time, keeps a history. */
export async function startComfyUI({ checkpoints, token, renderMs = 0, isOld = false, failing }: Options): Promise<ComfyUI> {
  const queue = openQueue({ renderMs, failing: failing ?? null });
  const uploads = new Set<string>();
  let number = 0;

  function postPrompt(body: Record<string, unknown> | null): Reply {
    if (!body?.prompt) return badPrompt('no_prompt', 'No prompt provided');
    const ownId = isOld ? undefined : body.prompt_id;
    if (ownId !== undefined && !UUID.test(String(ownId))) return badPrompt('invalid_prompt_id', 'prompt_id must be a valid UUID');
    const graph = body.prompt as Record<string, Node>;
    const problem = promptProblem(graph, checkpoints, uploads);
    if (problem) return { status: 400, json: problem };
    const prompt_id = typeof ownId === 'string' ? ownId : randomUUID();
    queue.put([number, prompt_id, graph, { client_id: body.client_id }, []]);
    return { json: { prompt_id, number: number++, node_errors: {} } };
  }

  async function upload({ body, headers }: Seen): Promise<Reply> {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': headers['content-type'] ?? '' } }).formData();
    const image = form.get('image');
    if (!(image instanceof File) || !image.name) return { status: 400 };
    uploads.add(image.name);
    return { json: { name: image.name, subfolder: '', type: 'input' } };
  }

  function view(query: URLSearchParams): Reply {
    const name = query.get('filename');
    if (!name || name.startsWith('/') || name.includes('..')) return { status: 400 };
    const bytes = queue.files.get(`${query.get('type') ?? 'output'}/${name}`);
    return bytes ? { body: bytes, headers: { 'content-type': 'image/png' } } : { status: 404 };
  }

  function post(route: string, body: Record<string, unknown> | null): Reply {
    if (route === '/prompt') return postPrompt(body);
    if (route === '/interrupt') queue.interrupt(isOld ? undefined : body?.prompt_id);
    else if (route === '/queue') queue.remove((body?.delete as unknown[] | undefined) ?? []);
    else return { status: 405 };
    return {};
  }

  function get(route: string, query: URLSearchParams): Reply {
    const [, area, rest = ''] = route.split('/').map(decodeURIComponent);
    if (route === '/queue') return { json: queue.lines() };
    if (route === '/view') return view(query);
    if (area === 'history') return { json: queue.history.has(rest) ? { [rest]: queue.history.get(rest) } : {} };
    const rules = nodeRules(checkpoints);
    if (area === 'object_info') return { json: rest in rules ? { [rest]: { input: { required: rules[rest]?.required } } } : {} };
    return { status: 404 };
  }

  const standIn = await serve((seen) => {
    if (token && seen.headers.authorization !== `Bearer ${token}`) return { status: 401 };
    if (seen.method === 'GET') return get(seen.path, seen.query);
    return seen.path === '/upload/image' ? upload(seen) : post(seen.path, jsonOf(seen));
  });
  return { ...standIn, uploads };
}
