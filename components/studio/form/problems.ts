import { providerOf } from '@/lib/inference/providers';
import { gradesOf } from '@/lib/studio/claims';
import { deploymentInput, priceInput, versionInput } from '@/lib/studio/schema';
import type { Draft, EndpointDraft, PriceDraft, Secrets } from './draft';
import { rowProblems } from './row-problems';
import { deploymentInputOf, priceInputOf, readOptions, versionInputOf } from './to-input';

/** What is wrong, by the path of its field: 'name', 'deployment.url', 'price.trialRuns', 'parameters.<row>.title'. */
export type Problems = Record<string, string>;

type Issue = { code?: string; path: PropertyKey[]; message: string; origin?: string; minimum?: unknown; maximum?: unknown };
type Parsed = { success: boolean; error?: { issues: Issue[] } };

/** What the schema's own sentences leave to its library, in words. */
function words({ code, path, message, origin, minimum, maximum }: Issue): string {
  if (path.at(-1) === 'bps') return 'is between 0.01 and 90';
  if (String(path.at(-1)).endsWith('Millicredits')) return 'is an amount of credits, such as 4.5';
  if (path.at(-1) === 'mintPriceWei') return 'is an amount of ETH, such as 0.01';
  if (path.at(-1) === 'derivativeShareBps') return 'is between 0 and 20';
  if (/^[a-z]/.test(message)) return message;
  const of = origin === 'string' ? 'has' : 'is';
  const characters = origin === 'string' ? ' characters' : '';
  if (code === 'too_small') return `${of} at least ${minimum}${characters}`;
  if (code === 'too_big') return `${of} at most ${maximum}${characters}`;
  return 'is a whole number';
}

const issuesOf = ({ error }: Parsed, prefix = ''): Problems =>
  Object.fromEntries((error?.issues ?? []).map((issue) => [prefix + issue.path.join('.'), words(issue)]));

/** What is wrong with an endpoint, as far as the browser can say. */
export function endpointProblems(endpoint: EndpointDraft, secrets: Secrets): Problems {
  const known = providerOf(endpoint.provider);
  const input = deploymentInputOf(endpoint, secrets);
  const problems = issuesOf(deploymentInput.safeParse(input), 'deployment.');
  if (readOptions(endpoint.options) === null) problems['deployment.options'] = 'is not JSON with names and values';
  if (known?.url && known.id !== 'openai-images' && !input.url) problems['deployment.url'] = 'is needed';
  if (known?.secret?.required && !input.secret) problems['deployment.secret'] = 'is needed';
  return problems;
}

export const priceProblems = (price: PriceDraft): Problems => issuesOf(priceInput.safeParse(priceInputOf(price)), 'price.');

/** What is wrong with the whole form, as far as the browser can say. */
export function draftProblems(draft: Draft, secrets: Secrets): Problems {
  const rows = draft.parameters.flatMap((row) =>
    Object.entries(rowProblems(row, draft.parameters)).map(([field, message]) => [`parameters.${row.id}.${field}`, message] as const),
  );
  const problems: Problems = {
    ...issuesOf(versionInput.safeParse(versionInputOf(draft, secrets, null))),
    ...endpointProblems(draft.endpoint, secrets),
    ...Object.fromEntries(rows),
  };
  const provider = providerOf(draft.endpoint.provider);
  const says = { weights: draft.weights.trim() || null, mustReport: draft.endpoint.mustReport.trim() || null };
  if (provider && !gradesOf(provider, says).includes(draft.reproducibility)) problems.reproducibility = 'is more than this endpoint can report';
  const isTheirs = provider?.creatorCustody && draft.signerCustody === 'creator';
  if (isTheirs && !draft.signerAddress.trim()) problems.signerAddress = 'is needed: test the endpoint, and it is filled in';
  return problems;
}

/** The server's word on its fields (those of a deployment come without their prefix). */
export function serverProblems(fields: Record<string, string>): Problems {
  const ofDeployment = ['url', 'secret', 'options', 'provider', 'reference', 'mustReport'];
  return Object.fromEntries(Object.entries(fields).map(([field, text]) => [ofDeployment.includes(field) ? `deployment.${field}` : field, text]));
}

/** A problem as a sentence at its field. */
export const atField = (problems: Problems, path: string): string | null => {
  const [found] = Object.entries(problems).filter(([key]) => key === path || key.startsWith(`${path}.`));
  if (!found) return null;
  return /^[a-z]/.test(found[1]) ? `This ${found[1]}.` : found[1];
};
