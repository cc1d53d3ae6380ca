/** What a licence allows, as far as a machine can say. */
export type Licence = { id: string; name: string; url: string; commercial: boolean; derivatives: boolean; shareAlike: boolean; attribution: boolean };
/** Terms of what a model was made from: whether access to it may be sold, whether its outputs may, and what derived models must be under. */
export type UpstreamLicence = {
  id: string;
  name: string;
  url: string;
  sellAccess: boolean;
  sellOutputs: boolean;
  shareAlike: boolean;
  /** Whether other models may be trained on its outputs. */
  trainOnOutputs: boolean;
};

const cc = (id: string, path: string, allows: Omit<Licence, 'id' | 'name' | 'url' | 'attribution'>): Licence => ({
  id,
  name: id.replaceAll('-', ' ').replace('CC BY', 'CC BY'),
  url: `https://creativecommons.org/licenses/${path}/4.0/`,
  attribution: true,
  ...allows,
});

/** Licences a creator can put works under. */
export const LICENCES: readonly Licence[] = [
  cc('CC-BY-4.0', 'by', { commercial: true, derivatives: true, shareAlike: false }),
  cc('CC-BY-SA-4.0', 'by-sa', { commercial: true, derivatives: true, shareAlike: true }),
  cc('CC-BY-ND-4.0', 'by-nd', { commercial: true, derivatives: false, shareAlike: false }),
  cc('CC-BY-NC-4.0', 'by-nc', { commercial: false, derivatives: true, shareAlike: false }),
  cc('CC-BY-NC-SA-4.0', 'by-nc-sa', { commercial: false, derivatives: true, shareAlike: true }),
  cc('CC-BY-NC-ND-4.0', 'by-nc-nd', { commercial: false, derivatives: false, shareAlike: false }),
  {
    id: 'CC0-1.0',
    name: 'CC0 1.0, public domain',
    url: 'https://creativecommons.org/publicdomain/zero/1.0/',
    commercial: true,
    derivatives: true,
    shareAlike: false,
    attribution: false,
  },
];

/** Licences that models are commonly made from. The ids are SPDX's where it has one. */
export const UPSTREAM_LICENCES: readonly UpstreamLicence[] = [
  { id: 'MIT', name: 'MIT', url: 'https://spdx.org/licenses/MIT.html', sellAccess: true, sellOutputs: true, shareAlike: false, trainOnOutputs: true },
  {
    id: 'Apache-2.0',
    name: 'Apache 2.0',
    url: 'https://spdx.org/licenses/Apache-2.0.html',
    sellAccess: true,
    sellOutputs: true,
    shareAlike: false,
    trainOnOutputs: true,
  },
  {
    id: 'LicenseRef-OpenRAIL-M',
    name: 'CreativeML Open RAIL-M and OpenRAIL++-M (Stable Diffusion 1, 2, XL)',
    url: 'https://huggingface.co/spaces/CompVis/stable-diffusion-license',
    sellAccess: true,
    sellOutputs: true,
    shareAlike: false,
    trainOnOutputs: true,
  },
  {
    id: 'LicenseRef-FLUX-dev',
    name: 'FLUX.1 [dev] Non-Commercial',
    url: 'https://huggingface.co/black-forest-labs/FLUX.1-dev/blob/main/LICENSE.md',
    sellAccess: false,
    sellOutputs: true,
    shareAlike: false,
    trainOnOutputs: false,
  },
  {
    id: 'LicenseRef-Llama-3-Community',
    name: 'Llama 3 Community',
    url: 'https://www.llama.com/llama3_1/license/',
    sellAccess: true,
    sellOutputs: true,
    shareAlike: false,
    trainOnOutputs: false,
  },
  {
    id: 'LicenseRef-Stability-Community',
    name: 'Stability AI Community (below US$1M revenue)',
    url: 'https://stability.ai/license',
    sellAccess: true,
    sellOutputs: true,
    shareAlike: false,
    trainOnOutputs: false,
  },
  {
    id: 'CC-BY-4.0',
    name: 'CC BY 4.0',
    url: 'https://creativecommons.org/licenses/by/4.0/',
    sellAccess: true,
    sellOutputs: true,
    shareAlike: false,
    trainOnOutputs: true,
  },
  {
    id: 'CC-BY-SA-4.0',
    name: 'CC BY-SA 4.0',
    url: 'https://creativecommons.org/licenses/by-sa/4.0/',
    sellAccess: true,
    sellOutputs: true,
    shareAlike: true,
    trainOnOutputs: true,
  },
  {
    id: 'CC-BY-NC-4.0',
    name: 'CC BY-NC 4.0',
    url: 'https://creativecommons.org/licenses/by-nc/4.0/',
    sellAccess: false,
    sellOutputs: false,
    shareAlike: false,
    trainOnOutputs: true,
  },
  {
    id: 'LicenseRef-own',
    name: 'My own, nothing upstream',
    url: '',
    sellAccess: true,
    sellOutputs: true,
    shareAlike: false,
    trainOnOutputs: true,
  },
];

export const licenceOf = (id: string): Licence | undefined => LICENCES.find((licence) => licence.id === id);
const upstreamOf = (id: string) => UPSTREAM_LICENCES.find((licence) => licence.id === id);

/**
 * What the file of a work says about training others' models on it. The rule: what the licence gives without a condition is allowed (CC0);
 * where it forbids works made from it (ND), or what the model was made from forbids it, not allowed; everything else on the licence's conditions.
 */
export function trainingUnder(licence: string, upstream: readonly string[]): 'allowed' | 'notAllowed' | { constrained: string } {
  const terms = licenceOf(licence);
  if (!terms?.derivatives || upstream.some((id) => !upstreamOf(id)?.trainOnOutputs)) return 'notAllowed';
  const isFree = terms.commercial && !terms.shareAlike && !terms.attribution;
  return isFree ? 'allowed' : { constrained: `on the conditions of ${terms.name}, ${terms.url}` };
}

/** Why works cannot be put under this licence, given what the model was made from; a sentence each, empty where nothing stands against it. */
export function licenceConflicts(licence: string, upstream: readonly string[]): string[] {
  const chosen = licenceOf(licence);
  if (!chosen) return [`${licence} is not a licence we know. Choose one of the list.`];
  return upstream.flatMap((id) => {
    const terms = upstreamOf(id);
    if (!terms) return [`${id} is not a licence we know. Choose the one that the upstream model is under.`];
    if (!terms.sellAccess)
      return [`${terms.name} does not allow selling access to a model made from it. Get a commercial licence from its maker first.`];
    if (chosen.commercial && !terms.sellOutputs) return [`${terms.name} does not allow commercial use of outputs, and ${chosen.name} would give it.`];
    if (terms.shareAlike && chosen.id !== terms.id)
      return [`${terms.name} wants what is made from it under the same licence, and ${chosen.name} is another.`];
    return [];
  });
}
