import type { Node } from './comfyui-nodes';
import { picture } from './picture';

type Graph = Record<string, Node>;
/** number, id, workflow, extra data, output nodes: a line of the queue, and of the history. */
type Line = [number, string, Graph, Record<string, unknown>, string[]];
type Entry = {
  prompt: Line;
  outputs: Record<string, unknown>;
  status: { status_str: string; completed: boolean; messages: unknown[] };
  meta: unknown;
};

const STEP_MS = 5;

/** The queue and history of ComfyUI: one prompt at a time, each kept with what became of it. */
export function openQueue({ renderMs, failing }: { renderMs: number; failing: { exception_type: string } | null }) {
  const pending: Line[] = [];
  const history = new Map<string, Entry>();
  const files = new Map<string, Buffer>();
  let running: Line | null = null;
  let interrupted = false;

  async function execute(line: Line): Promise<Entry> {
    const [, prompt_id, graph] = line;
    const startedAt = performance.now();
    while (performance.now() - startedAt < renderMs && !interrupted) await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    const ended = (status_str: string, message: string, more = {}): Entry => {
      const messages = [
        ['execution_start', { prompt_id }],
        [message, { prompt_id, ...more }],
      ];
      return { prompt: line, outputs: {}, status: { status_str, completed: status_str === 'success', messages }, meta: {} };
    };
    if (interrupted) return ended('error', 'execution_interrupted', { node_id: '3', node_type: 'KSampler', executed: [] });
    if (failing)
      return ended('error', 'execution_error', { node_id: '3', node_type: 'KSampler', ...failing, exception_message: 'of a secret prompt' });
    return { ...ended('success', 'execution_success'), outputs: await save(graph, prompt_id) };
  }

  async function save(graph: Graph, id: string): Promise<Record<string, unknown>> {
    const inputOf = (name: string) => Object.values(graph).find(({ inputs }) => name in inputs && !Array.isArray(inputs[name]))?.inputs[name];
    const [width, height] = [Number(inputOf('width') ?? 64), Number(inputOf('height') ?? 64)];
    const png = await picture(width, height, BigInt((inputOf('seed') ?? 0) as number));
    const outputs = Object.entries(graph).flatMap(([node, { class_type }]) => {
      const type = { SaveImage: 'output', PreviewImage: 'temp' }[class_type];
      if (!type) return [];
      files.set(`${type}/${id}-${node}.png`, png);
      return [[node, { images: [{ filename: `${id}-${node}.png`, subfolder: '', type }] }] as const];
    });
    return Object.fromEntries(outputs);
  }

  async function work(): Promise<void> {
    if (running) return;
    for (let line = pending.shift(); line; line = pending.shift()) {
      running = line;
      interrupted = false;
      history.set(line[1], await execute(line));
      running = null;
    }
  }

  return {
    files,
    history,
    put(line: Line) {
      pending.push(line);
      void work();
    },
    lines: () => ({ queue_running: running ? [running] : [], queue_pending: [...pending] }),
    remove(ids: unknown[]) {
      for (const id of ids) {
        const at = pending.findIndex((line) => line[1] === id);
        if (at >= 0) pending.splice(at, 1);
      }
    },
    /** Without an id: whatever runs. */
    interrupt(id?: unknown) {
      if (id === undefined || running?.[1] === id) interrupted = true;
    },
  };
}
