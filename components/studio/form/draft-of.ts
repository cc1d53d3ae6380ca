import { providerOf } from '@/lib/inference/providers';
import type { StudioModelDto } from '@/lib/studio/schema';
import { CREDIT_PLACES, ETHER_PLACES, fromUnits } from '../amounts';
import { type Draft, emptyDraft, emptyEndpoint, emptyPrice, type PriceDraft } from './draft';
import { toRows } from './parameter-schema';

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
  const deployment = newest.deployments.find(({ retiredAt }) => retiredAt === null) ?? newest.deployments[0];
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
