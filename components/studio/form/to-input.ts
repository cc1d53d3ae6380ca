import { providerOf } from '@/lib/inference/providers';
import type { DeploymentInput, PriceInput, VersionInput } from '@/lib/studio/schema';
import { CREDIT_PLACES, ETHER_PLACES, toUnits } from '../amounts';
import type { Draft, EndpointDraft, PriceDraft, Secrets } from './draft';
import { toSchema } from './parameter-schema';

// What cannot be read goes on as NaN or as it was typed: the schema says what is wrong with it, at its own field.

const orNull = (text: string) => text.trim() || null;
const whole = (text: string, empty: number) => (text.trim() === '' ? empty : Number(text));

/** The settings of an endpoint as JSON; null where they are none. */
export function readOptions(text: string): Record<string, unknown> | null {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

export function deploymentInputOf(endpoint: EndpointDraft, { secret, webhookSecret }: Secrets): DeploymentInput {
  const provider = providerOf(endpoint.provider);
  return {
    provider: endpoint.provider as DeploymentInput['provider'],
    url: provider?.url ? orNull(endpoint.url) : null,
    // Our own contract goes by the version, which the server fills in.
    reference: endpoint.provider === 'signed-http' ? 'default' : endpoint.reference,
    options: readOptions(endpoint.options) ?? (endpoint.options as never),
    mustReport: provider?.mustReport ? orNull(endpoint.mustReport) : null,
    secret: orNull(secret),
    webhookSecret: provider?.webhookSecret ? orNull(webhookSecret) : null,
    maxRunning: whole(endpoint.maxRunning, 4),
  };
}

export function priceInputOf(price: PriceDraft): PriceInput {
  const millicredits = (text: string) => toUnits(text, CREDIT_PLACES) ?? text;
  return {
    baseMillicredits: millicredits(price.base),
    perImageMillicredits: millicredits(price.perImage),
    perMegapixelMillicredits: millicredits(price.perMegapixel),
    perStepMillicredits: millicredits(price.perStep),
    trialRuns: whole(price.trialRuns, 0),
    discounts: price.discounts.map(({ from, percent }) => ({ from: whole(from, Number.NaN), bps: Math.round(Number(percent) * 100) })),
    mintPriceWei: toUnits(price.mintPrice, ETHER_PLACES) ?? price.mintPrice,
  };
}

/** The form as the server takes it: `model` is whose next version it is, null for a new model. */
export function versionInputOf(draft: Draft, secrets: Secrets, model: string | null): VersionInput {
  const provider = providerOf(draft.endpoint.provider);
  const signerCustody = provider?.creatorCustody ? draft.signerCustody : 'platform';
  return {
    model,
    ...{ name: draft.name, tagline: draft.tagline, description: draft.description, changelog: draft.changelog, kind: draft.kind },
    parameters: toSchema(draft.parameters),
    seedKind: provider?.seedKind ?? 'none',
    weights: orNull(draft.weights),
    reproducibility: draft.reproducibility,
    signerCustody,
    signerAddress: signerCustody === 'creator' ? orNull(draft.signerAddress) : null,
    licence: draft.licence,
    upstreamLicences: draft.upstreamLicences,
    trainingData: orNull(draft.trainingData),
    derivativeShareBps: Math.round(whole(draft.sharePercent, 0) * 100),
    deployment: deploymentInputOf(draft.endpoint, secrets),
    price: priceInputOf(draft.price),
  };
}
