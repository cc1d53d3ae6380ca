import { providerOf } from '@/lib/inference/providers';
import type { StudioModelDto } from '@/lib/studio/schema';
import { CREDIT_PLACES, ETHER_PLACES, fromUnits } from '../amounts';
import { type ParameterRow, toRows } from './parameter-rows';

/** An endpoint as its creator types it. Its secrets are kept apart: they are never stored in the browser. */
export type EndpointDraft = { provider: string; url: string; reference: string; mustReport: string; maxRunning: string; options: string };
export type Secrets = { secret: string; webhookSecret: string };
export type PriceDraft = {
  perImage: string;
  base: string;
  perMegapixel: string;
  perStep: string;
  trialRuns: string;
  discounts: { id: string; from: string; percent: string }[];
  mintPrice: string;
};
/** The whole form. Texts as they were typed, so that nothing of it is lost over a reload. */
export type Draft = {
  name: string;
  tagline: string;
  description: string;
  changelog: string;
  kind: 'image' | 'text';
  endpoint: EndpointDraft;
  signerCustody: 'creator' | 'platform';
  signerAddress: string;
  parameters: ParameterRow[];
  price: PriceDraft;
  licence: string;
  upstreamLicences: string[];
  trainingData: string;
  sharePercent: string;
  weights: string;
  reproducibility: 'B' | 'C' | 'D';
};

export const noSecrets: Secrets = { secret: '', webhookSecret: '' };
export const emptyEndpoint: EndpointDraft = { provider: 'signed-http', url: '', reference: '', mustReport: '', maxRunning: '4', options: '' };
export const emptyPrice: PriceDraft = { perImage: '5', base: '', perMegapixel: '', perStep: '', trialRuns: '', discounts: [], mintPrice: '' };
export const emptyDraft: Draft = {
  name: '',
  tagline: '',
  description: '',
  changelog: '',
  kind: 'image',
  endpoint: emptyEndpoint,
  signerCustody: 'creator',
  signerAddress: '',
  parameters: [],
  price: emptyPrice,
  licence: 'CC-BY-4.0',
  upstreamLicences: [],
  trainingData: '',
  sharePercent: '5',
  weights: '',
  reproducibility: 'D',
};

type Version = StudioModelDto['versions'][number];

/** A price as its fields show it. */
export function priceDraft(price: Version['price']): PriceDraft {
  if (!price) return emptyPrice;
  const part = (millicredits: string) => (millicredits === '0' ? '' : fromUnits(millicredits, CREDIT_PLACES));
  return {
    perImage: part(price.perImageMillicredits),
    base: part(price.baseMillicredits),
    perMegapixel: part(price.perMegapixelMillicredits),
    perStep: part(price.perStepMillicredits),
    trialRuns: price.trialRuns === 0 ? '' : String(price.trialRuns),
    discounts: price.discounts.map(({ from, bps }) => ({ id: `${from} ${bps}`, from: String(from), percent: String(bps / 100) })),
    mintPrice: price.mintPriceWei === '0' ? '' : fromUnits(price.mintPriceWei, ETHER_PLACES),
  };
}

/** The next version of a model begins as its newest one, but for its secrets. */
export function draftOf({ name, tagline, description, versions: [newest] }: StudioModelDto): Draft {
  if (!newest) return { ...emptyDraft, name, tagline, description };
  const [deployment] = newest.deployments;
  const known = deployment && providerOf(deployment.provider);
  return {
    ...{ name, tagline, description, changelog: '', kind: newest.kind },
    endpoint: known
      ? {
          provider: known.id,
          url: deployment.url ?? '',
          reference: known.id === 'signed-http' ? '' : deployment.reference,
          mustReport: known.mustReport ? (deployment.mustReport ?? '') : '',
          maxRunning: String(deployment.maxRunning),
          options: Object.keys(deployment.options).length > 0 ? JSON.stringify(deployment.options, null, 2) : '',
        }
      : emptyEndpoint,
    signerCustody: newest.signerCustody,
    signerAddress: newest.signerCustody === 'creator' ? newest.signerAddress : '',
    parameters: toRows(newest.parameters),
    price: priceDraft(newest.price),
    licence: newest.licence,
    upstreamLicences: newest.upstreamLicences,
    trainingData: newest.trainingData ?? '',
    sharePercent: String(newest.derivativeShareBps / 100),
    weights: newest.weights ?? '',
    reproducibility: newest.reproducibility === 'A' ? 'B' : newest.reproducibility,
  };
}
