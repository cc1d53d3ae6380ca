export type Node = { class_type: string; inputs: Record<string, unknown> };
type Rule = { required: Record<string, 'INT' | 'FLOAT' | 'STRING' | 'LINK' | string[]>; isOutput?: boolean };
type NodeError = { type: string; message: string; details: string; extra_info: { input_name: string; received_value?: unknown } };

const SEED_MAX = 0xffff_ffff_ffff_ffffn;

/** The nodes of ComfyUI's first workflow, and the one that takes a picture in. */
export const nodeRules = (checkpoints: string[]): Record<string, Rule> => ({
  CheckpointLoaderSimple: { required: { ckpt_name: checkpoints } },
  CLIPTextEncode: { required: { text: 'STRING', clip: 'LINK' } },
  EmptyLatentImage: { required: { width: 'INT', height: 'INT', batch_size: 'INT' } },
  LoadImage: { required: { image: 'STRING' } },
  VAEEncode: { required: { pixels: 'LINK', vae: 'LINK' } },
  KSampler: {
    required: { model: 'LINK', seed: 'INT', steps: 'INT', cfg: 'FLOAT', positive: 'LINK', negative: 'LINK', latent_image: 'LINK' },
  },
  VAEDecode: { required: { samples: 'LINK', vae: 'LINK' } },
  PreviewImage: { required: { images: 'LINK' }, isOutput: true },
  SaveImage: { required: { images: 'LINK', filename_prefix: 'STRING' }, isOutput: true },
});

function inputError(input_name: string, rule: Rule['required'][string], value: unknown, uploads: Set<string>, type: string): NodeError | null {
  const error = (kind: string, message: string): NodeError => ({
    type: kind,
    message,
    details: `${input_name}: '${value}'`,
    extra_info: { input_name, received_value: value },
  });
  if (value === undefined) return error('required_input_missing', 'Required input is missing');
  if (rule === 'LINK') return Array.isArray(value) && value.length === 2 ? null : error('bad_linked_input', 'Bad linked input');
  if (Array.isArray(rule) && !rule.includes(String(value))) return error('value_not_in_list', 'Value not in list');
  const isInteger = typeof value === 'bigint' || Number.isInteger(value);
  if (rule === 'INT' && !isInteger) return error('invalid_input_type', 'Failed to convert an input value to a INT value');
  if (rule === 'INT' && BigInt(value as number | bigint) > SEED_MAX) return error('value_bigger_than_max', 'Value bigger than max');
  if (rule === 'FLOAT' && typeof value !== 'number') return error('invalid_input_type', 'Failed to convert an input value to a FLOAT value');
  if (type === 'LoadImage' && !uploads.has(String(value))) return error('custom_validation_failed', 'Custom validation failed for node');
  return null;
}

/** What ComfyUI says of a workflow that it does not take; null where it does. */
export function promptProblem(
  graph: Record<string, Node>,
  checkpoints: string[],
  uploads: Set<string>,
): { error: unknown; node_errors: unknown } | null {
  const rules = nodeRules(checkpoints);
  const failed = (type: string, message: string, node_errors: unknown = {}) => ({
    error: { type, message, details: '', extra_info: {} },
    node_errors,
  });
  const errors: Record<string, unknown> = {};
  for (const [id, { class_type, inputs }] of Object.entries(graph)) {
    const rule = rules[class_type];
    if (!rule) return failed('invalid_prompt', `Cannot execute because node ${class_type} does not exist.`);
    const found = Object.entries(rule.required).flatMap(([name, kind]) => inputError(name, kind, inputs[name], uploads, class_type) ?? []);
    if (found.length > 0) errors[id] = { errors: found, dependent_outputs: [], class_type };
  }
  if (!Object.values(graph).some(({ class_type }) => rules[class_type]?.isOutput)) return failed('prompt_no_outputs', 'Prompt has no outputs');
  return Object.keys(errors).length > 0 ? failed('prompt_outputs_failed_validation', 'Prompt outputs failed validation', errors) : null;
}
