import { z } from 'zod';
import type { RunRequest } from '../adapter';
import { EndpointError } from '../endpoint-error';
import { timeLimits } from './self-hosted-shared';

const MAX_GRAPH_BYTES = 256 * 1024;
const nodeId = z.string().min(1).max(64);
const node = z.looseObject({ class_type: z.string().regex(/^[\w .+()|&:/-]{1,120}$/), inputs: z.record(z.string(), z.unknown()) });
export type Graph = Record<string, z.output<typeof node>>;

/** Where one value of a run goes. `divisor` makes 75 into 7.5: our parameters are whole numbers. */
const slot = z.strictObject({ node: nodeId, input: z.string().min(1).max(80), divisor: z.number().int().positive().optional() });
type Slot = z.output<typeof slot>;

/** A workflow as "Export (API)" writes it, and where a run's values go in it: `prompt`, `seed`, `image` for an input picture, any parameter by its name. */
export const comfyOptions = z
  .strictObject({
    graph: z.record(nodeId, node),
    slots: z.record(z.string().min(1).max(64), slot).refine((slots) => Object.hasOwn(slots, 'prompt'), 'has no slot for the prompt'),
    /** Whose picture is the work. Without one: the first that is saved, previews left out. */
    outputNode: nodeId.optional(),
    ...timeLimits,
  })
  .superRefine(({ graph, slots, outputNode }, { addIssue }) => {
    const problem = (path: string[], message: string) => addIssue({ code: 'custom', path, message });
    if (Buffer.byteLength(JSON.stringify(graph)) > MAX_GRAPH_BYTES) problem(['graph'], 'is larger than 256 KB');
    for (const [name, { node, input }] of Object.entries(slots)) {
      if (!Object.hasOwn(graph, node) || !Object.hasOwn(graph[node]?.inputs ?? {}, input)) problem(['slots', name], 'is not in the workflow');
    }
    if (outputNode !== undefined && !Object.hasOwn(graph, outputNode)) problem(['outputNode'], 'is not in the workflow');
  });
export type ComfyOptions = z.output<typeof comfyOptions>;

/** The workflow with one run's values in it. `picture`: what the server calls the input picture. */
export function fillGraph({ graph, slots }: ComfyOptions, request: RunRequest, picture: string | null): Graph {
  const filled = structuredClone(graph);
  const values = {
    ...request.params,
    prompt: request.prompt,
    ...(request.seedKind === 'exact' && { seed: request.seed }),
    ...(picture !== null && { image: picture }),
  };
  for (const [name, value] of Object.entries(values)) {
    const slot = slotOf(slots, name);
    // A choice that a buyer made, and that would go nowhere, is not sold.
    if (!slot) throw new EndpointError('refused', `its workflow has no slot "${name}"`, { charged: 'no' });
    const inputs = filled[slot.node]?.inputs;
    if (inputs) inputs[slot.input] = slot.divisor && typeof value === 'number' ? value / slot.divisor : value;
  }
  return filled;
}

const slotOf = (slots: Record<string, Slot>, name: string) => (Object.hasOwn(slots, name) ? slots[name] : undefined);

/** The seed that is in a workflow which was run, where it is one. */
export function seedIn(graph: Graph | null, { slots }: ComfyOptions): bigint | null {
  const slot = slotOf(slots, 'seed');
  const seed = slot && graph?.[slot.node]?.inputs[slot.input];
  return typeof seed === 'bigint' || (typeof seed === 'number' && Number.isSafeInteger(seed)) ? BigInt(seed) : null;
}

/** The checkpoints that a workflow loads, by the names of their files: all that this server can say about its weights. */
export function checkpointsIn(graph: Graph | null): string | null {
  const loaders = Object.values(graph ?? {}).filter(({ class_type }) => class_type === 'CheckpointLoaderSimple');
  const names = loaders.map(({ inputs }) => inputs.ckpt_name).filter((name) => typeof name === 'string');
  return names.length > 0 ? names.join(', ').slice(0, 500) : null;
}

export const graphShape = z.record(z.string(), node);
