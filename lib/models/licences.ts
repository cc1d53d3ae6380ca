import { upstreamOf } from './upstream-licences';

/** What a licence allows, as far as a machine can say. */
export type Licence = { id: string; name: string; url: string; commercial: boolean; derivatives: boolean; shareAlike: boolean; attribution: boolean };
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

export const licenceOf = (id: string): Licence | undefined => LICENCES.find((licence) => licence.id === id);

/**
 * What the file of a work says about training others' models on it. The rule: where the licence forbids works made from it (ND), or the model was made from
 * something whose terms nobody here knows, not allowed; else on the conditions of the licence and of everything upstream; where there are none (CC0), allowed.
 */
export function trainingUnder(licence: string, upstream: readonly string[]): 'allowed' | 'notAllowed' | { constrained: string } {
  const terms = licenceOf(licence);
  const makers = upstream.map(upstreamOf);
  if (!terms?.derivatives || makers.includes(undefined)) return 'notAllowed';
  const isFree = terms.commercial && !terms.shareAlike && !terms.attribution;
  const conditions = [...(isFree ? [] : [`on the conditions of ${terms.name}, ${terms.url}`]), ...makers.flatMap((maker) => maker?.training ?? [])];
  return conditions.length > 0 ? { constrained: conditions.join('; ') } : 'allowed';
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
