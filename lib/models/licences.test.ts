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

it('nor can a licence give what the maker of the model upstream has not given, and what we do not know is not allowed', () => {
  expect(trainingUnder('CC0-1.0', ['MIT', 'LicenseRef-OpenRAIL-M'])).toBe('allowed');
  for (const upstream of ['LicenseRef-Stability-Community', 'LicenseRef-Llama-3-Community', 'LicenseRef-nobody-knows']) {
    expect(trainingUnder('CC0-1.0', ['MIT', upstream])).toBe('notAllowed');
  }
  expect(trainingUnder('of my own', [])).toBe('notAllowed');
});
