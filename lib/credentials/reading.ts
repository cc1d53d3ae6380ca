import { canonicalize } from 'json-canonicalize';
import { parseRecord, type WorkRecord } from '@/lib/protocol/work-record';
import { RECEIPT_LABEL } from './manifest';
import { actionsOf, activeManifest, type Store, type StoredManifest, trainingOf } from './manifest-store';
import { type Problem, problemOf } from './problems';

export type CredentialsReading = {
  /** `trusted`: signed by somebody the anchors vouch for. `valid`: unchanged since it was signed, by whom we cannot say. */
  state: 'trusted' | 'valid' | 'invalid' | 'none';
  problems: Problem[];
  manifest: {
    title: string | null;
    generator: string | null;
    signer: { issuer: string | null; name: string | null; serial: string | null; timestamp: string | null };
    actions: ReturnType<typeof actionsOf>;
    training: Record<string, string>;
  } | null;
  record: WorkRecord | null;
  ingredients: { title: string | null; relationship: string | null; types: string[]; description: string | null; hasCredentials: boolean }[];
};

export const NONE: CredentialsReading = { state: 'none', problems: [], manifest: null, record: null, ingredients: [] };
export const unreadable = (code: string): CredentialsReading => ({ ...NONE, state: 'invalid', problems: [problemOf(code)] });

function problemsOf({ validation_results: results }: Store): Problem[] {
  const ofFile = (results?.activeManifest?.failure ?? []).map(({ code }) => problemOf(code));
  const ofIngredients = (results?.ingredientDeltas ?? []).flatMap((delta) => delta.validationDeltas?.failure ?? []);
  const all = [...ofFile, ...ofIngredients.map(({ code }) => problemOf(code, 'ingredient'))];
  return [...new Map(all.map((problem) => [`${problem.where} ${problem.code}`, problem])).values()];
}

/** Our record among the assertions. Two would let two readers believe different ones. */
function recordOf({ assertions }: StoredManifest): { record: WorkRecord | null; problems: Problem[] } {
  const ours = assertions.filter(({ label }) => label === RECEIPT_LABEL || label.startsWith(`${RECEIPT_LABEL}__`));
  if (ours.length === 0) return { record: null, problems: [] };
  if (ours.length > 1) return { record: null, problems: [problemOf('intaglio.receipt.ambiguous')] };
  try {
    return { record: parseRecord(canonicalize(ours[0]?.data)), problems: [] };
  } catch {
    return { record: null, problems: [problemOf('intaglio.receipt.malformed')] };
  }
}

/** What the official reader found, in our words. */
export function readingOf(store: Store, revokedSerials: readonly string[]): CredentialsReading {
  const stored = activeManifest(store);
  if (!stored) return unreadable('intaglio.unreadable');
  const { record, problems } = recordOf(stored);
  const signature = stored.signature_info;
  const generator = stored.claim_generator_info?.[0];
  const serial = signature?.cert_serial_number ?? null;
  const isRevoked = serial !== null && revokedSerials.includes(serial);
  return {
    state: isRevoked ? 'invalid' : ({ Trusted: 'trusted', Valid: 'valid', Invalid: 'invalid' } as const)[store.validation_state],
    problems: [...problemsOf(store), ...problems, ...(isRevoked ? [problemOf('intaglio.revoked')] : [])],
    manifest: {
      title: stored.title ?? null,
      generator: generator ? [generator.name, generator.version].filter(Boolean).join(' ') : null,
      signer: { issuer: signature?.issuer ?? null, name: signature?.common_name ?? null, serial, timestamp: signature?.time ?? null },
      actions: actionsOf(stored),
      training: trainingOf(stored),
    },
    record,
    ingredients: stored.ingredients.map(({ title, relationship, data_types, description, active_manifest }) => ({
      title: title ?? null,
      relationship: relationship ?? null,
      types: (data_types ?? []).map(({ type }) => type),
      description: description ?? null,
      hasCredentials: Boolean(active_manifest),
    })),
  };
}
