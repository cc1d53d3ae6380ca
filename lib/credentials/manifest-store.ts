import { z } from 'zod';

/*
 * What the official reader says, as far as we look at it. The reader is trusted to check; what it hands out was written by whoever made the
 * file, so that every field is taken for what it is and bounded.
 */
const text = z.string().transform((value) => value.slice(0, 2000));
const status = z.looseObject({ code: z.string().max(200) });
const statuses = z.looseObject({
  success: z.array(status).default([]),
  informational: z.array(status).default([]),
  failure: z.array(status).default([]),
});

const ingredient = z.looseObject({
  title: text.nullish(),
  relationship: z.string().max(40).nullish(),
  description: text.nullish(),
  data_types: z.array(z.looseObject({ type: z.string().max(200) })).nullish(),
  active_manifest: z.string().max(300).nullish(),
});

const manifest = z.looseObject({
  title: text.nullish(),
  claim_generator_info: z.array(z.looseObject({ name: text, version: text.nullish() })).nullish(),
  ingredients: z.array(ingredient).max(1000).default([]),
  assertions: z.array(z.looseObject({ label: z.string().max(300), data: z.unknown() })).default([]),
  signature_info: z
    .looseObject({
      issuer: text.nullish(),
      common_name: text.nullish(),
      cert_serial_number: z.string().max(100).nullish(),
      time: z.string().max(60).nullish(),
    })
    .nullish(),
});
export type StoredManifest = z.output<typeof manifest>;

export const storeSchema = z.looseObject({
  active_manifest: z.string().nullish(),
  manifests: z.record(z.string(), z.unknown()).default({}),
  validation_state: z.enum(['Invalid', 'Valid', 'Trusted']),
  validation_results: z
    .looseObject({ activeManifest: statuses.nullish(), ingredientDeltas: z.array(z.looseObject({ validationDeltas: statuses.nullish() })).nullish() })
    .nullish(),
});
export type Store = z.output<typeof storeSchema>;

/** The manifest that is about the file itself; null where there is none or it is not of the expected form. */
export function activeManifest(store: Store): StoredManifest | null {
  const parsed = manifest.safeParse(store.manifests[store.active_manifest ?? '']);
  return parsed.success ? parsed.data : null;
}

const agent = z.union([text, z.looseObject({ name: text, version: text.nullish() })]);
const actionsSchema = z.looseObject({
  actions: z.array(
    z.looseObject({
      action: z.string().max(200),
      digitalSourceType: text.nullish(),
      softwareAgent: agent.nullish(),
      when: z.string().max(60).nullish(),
    }),
  ),
});
const trainingSchema = z.looseObject({ entries: z.record(z.string().max(100), z.looseObject({ use: z.string().max(40) })) });

const dataOf = ({ assertions }: StoredManifest, label: RegExp) => assertions.find((assertion) => label.test(assertion.label))?.data;

export function actionsOf(stored: StoredManifest) {
  const parsed = actionsSchema.safeParse(dataOf(stored, /^c2pa\.actions(\.v2)?$/));
  if (!parsed.success) return [];
  return parsed.data.actions.map(({ action, digitalSourceType, softwareAgent, when }) => ({
    action,
    when: when ?? null,
    digitalSourceType: digitalSourceType ?? null,
    softwareAgent:
      typeof softwareAgent === 'object' && softwareAgent
        ? [softwareAgent.name, softwareAgent.version].filter(Boolean).join(' ')
        : (softwareAgent ?? null),
  }));
}

/** What may be done with the file for training and mining, by kind of use. */
export function trainingOf(stored: StoredManifest): Record<string, string> {
  const parsed = trainingSchema.safeParse(dataOf(stored, /^(cawg|c2pa)\.training-mining$/));
  return parsed.success ? Object.fromEntries(Object.entries(parsed.data.entries).map(([kind, { use }]) => [kind, use])) : {};
}
