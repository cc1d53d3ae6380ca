import type { ParameterRow } from './parameter-rows';

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
