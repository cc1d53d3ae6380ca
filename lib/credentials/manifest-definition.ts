import { recordText } from '@/lib/protocol/work-record';
import { type CredentialManifest, DIGITAL_SOURCE_TYPE, RECEIPT_LABEL, TRAINING_LABEL, type TrainingUse } from './manifest';

const GENERATOR = { name: 'Intaglio', version: '1' };

/** Rust refuses half of a surrogate pair, which a JavaScript string may have: it becomes U+FFFD. */
export function wellFormed(text: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));
}

/** How each parent is named in the actions, before the library puts its hash there. */
export const parentId = (index: number): string => `parent-${index}`;

function trainingEntries(use: TrainingUse) {
  const entry = typeof use === 'string' ? { use } : { use: 'constrained', constraint_info: wellFormed(use.constrained) };
  return Object.fromEntries(['ai_generative_training', 'ai_training', 'ai_inference', 'data_mining'].map((kind) => [`cawg.${kind}`, entry]));
}

/** What went into the run, as C2PA's own data types: model, seed, and the prompt or what commits to it. */
function inputs({ model, revealedPrompt, record: { receipt } }: CredentialManifest) {
  const input = (id: string, type: string, title: string, description: string) => ({
    instance_id: id,
    relationship: 'inputTo',
    title: wellFormed(title),
    description: wellFormed(description),
    data_types: [{ type }],
  });
  return [
    input('model', 'c2pa.types.model', `${model.name} ${model.number}`, `version ${receipt.version}`),
    input('seed', 'c2pa.types.generator.seed', 'seed', receipt.seed),
    revealedPrompt === undefined
      ? input('prompt', 'c2pa.types.generator.prompt', 'prompt, not revealed', `commitment ${receipt.promptHash}`)
      : input('prompt', 'c2pa.types.generator.prompt', 'prompt', revealedPrompt),
  ];
}

/** Parents that are named only: the library adds the others from their files. */
function namedParents({ parents }: CredentialManifest) {
  return parents.flatMap((parent, i) =>
    'commitment' in parent
      ? [{ instance_id: parentId(i), relationship: parent.relationship, title: wellFormed(parent.title), description: parent.commitment }]
      : [],
  );
}

/** C2PA 2.2, 18.15: the first action is `opened` where a parent's picture was changed, otherwise `created`. */
function actions({ parents, source, model, madeAt }: CredentialManifest) {
  const ids = parents.map(({ relationship }, i) => ({ id: parentId(i), relationship }));
  const opened = ids.filter(({ relationship }) => relationship === 'parentOf').map(({ id }) => id);
  const used = ids.filter(({ relationship }) => relationship === 'inputTo').map(({ id }) => id);
  const run = {
    when: madeAt.toISOString(),
    digitalSourceType: `${DIGITAL_SOURCE_TYPE}${source}`,
    softwareAgent: { name: wellFormed(model.name), version: String(model.number) },
    parameters: { ingredientIds: ['model', 'seed', 'prompt', ...used] },
  };
  if (opened.length === 0) return [{ action: 'c2pa.created', ...run }];
  return [
    { action: 'c2pa.opened', parameters: { ingredientIds: opened } },
    { action: 'c2pa.edited', ...run },
  ];
}

/** The manifest as the official library takes it. Everything a person wrote goes through JSON: nothing of it can become structure. */
export function manifestDefinition(manifest: CredentialManifest): string {
  return JSON.stringify({
    claim_version: 2,
    claim_generator_info: [GENERATOR],
    format: 'image/png',
    title: wellFormed(manifest.title),
    ingredients: [...inputs(manifest), ...namedParents(manifest)],
    assertions: [
      { label: 'c2pa.actions.v2', created: true, data: { actions: actions(manifest), allActionsIncluded: true } },
      { label: RECEIPT_LABEL, created: true, kind: 'Json', data: JSON.parse(recordText(manifest.record)) },
      { label: TRAINING_LABEL, data: { entries: trainingEntries(manifest.training) } },
    ],
  });
}
