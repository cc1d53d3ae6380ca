import { expect, it } from 'vitest';
import { LICENCES, trainingUnder } from './licences';

it('what a file says about training is what the licence of its model’s works says', () => {
  expect(LICENCES.map(({ id }) => [id, trainingUnder(id, [])])).toEqual([
    ['CC-BY-4.0', { constrained: 'on the conditions of CC BY 4.0, https://creativecommons.org/licenses/by/4.0/' }],
    ['CC-BY-SA-4.0', { constrained: expect.stringContaining('/by-sa/4.0/') }],
    ['CC-BY-ND-4.0', 'notAllowed'],
    ['CC-BY-NC-4.0', { constrained: expect.stringContaining('/by-nc/4.0/') }],
    ['CC-BY-NC-SA-4.0', { constrained: expect.stringContaining('/by-nc-sa/4.0/') }],
    ['CC-BY-NC-ND-4.0', 'notAllowed'],
    ['CC0-1.0', 'allowed'],
  ]);
});

it('nor can a licence give what the maker of a model upstream has not given: each condition is said', () => {
  const said = (...upstream: string[]) => trainingUnder('CC0-1.0', upstream);
  expect(said('MIT', 'Apache-2.0', 'CC-BY-4.0')).toBe('allowed');
  expect(said('LicenseRef-OpenRAIL-M')).toEqual({ constrained: expect.stringContaining('attachment A') });
  expect(said('MIT', 'LicenseRef-FLUX-dev')).toEqual({ constrained: 'no training of a model that competes with FLUX.1 [dev] (its licence, 2.d)' });
  expect(said('LicenseRef-Stability-Community')).toEqual({ constrained: expect.stringContaining('foundational generative model') });
  expect(trainingUnder('CC-BY-4.0', ['LicenseRef-OpenRAIL-M', 'LicenseRef-FLUX-dev'])).toEqual({
    constrained: expect.stringMatching(/CC BY 4\.0.*; .*attachment A.*; .*competes/),
  });
});

it('Llama 3.0 keeps its outputs from other language models; from 3.1 on they may be trained on, under a name that says so', () => {
  expect(trainingUnder('CC0-1.0', ['LicenseRef-Llama-3-Community'])).toEqual({ constrained: expect.stringMatching(/^no improving of another/) });
  expect(trainingUnder('CC0-1.0', ['LicenseRef-Llama-3.1-Community'])).toEqual({ constrained: expect.stringContaining('begins with Llama') });
});

it('what we do not know is not allowed', () => {
  expect(trainingUnder('CC0-1.0', ['MIT', 'LicenseRef-nobody-knows'])).toBe('notAllowed');
  expect(trainingUnder('of my own', [])).toBe('notAllowed');
});
