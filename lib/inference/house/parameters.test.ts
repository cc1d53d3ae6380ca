import { canonicalize } from 'json-canonicalize';
import { expect, test } from 'vitest';
import { HOUSE_MODELS } from './models';
import { ParameterError, parseParams } from './parameters';

test.each(HOUSE_MODELS)('$id fills every default', ({ id, parameterSchema }) => {
  const filled = parseParams(id, {});
  expect(Object.keys(filled)).toEqual(Object.keys(parameterSchema.properties));
  for (const [name, rule] of Object.entries(parameterSchema.properties)) expect(filled[name]).toBe(rule.default);
});

test.each(HOUSE_MODELS)('$id has only integers and choices, so that canonical JSON holds no float', ({ parameterSchema }) => {
  for (const rule of Object.values(parameterSchema.properties)) expect(['integer', 'string']).toContain(rule.type);
  expect(canonicalize(parameterSchema)).not.toMatch(/\d\.\d/);
});

test('takes integers as decimal strings', () => {
  expect(parseParams('nacre', { complexity: '80', width: '512' })).toMatchObject({ complexity: 80, width: 512 });
});

test.each([
  ['nacre', { layers: 3 }],
  ['nacre', { complexity: 101 }],
  ['nacre', { complexity: 50.5 }],
  ['nacre', { complexity: '1e1' }],
  ['nacre', { width: 257 }],
  ['strata', { palette: 'mud' }],
  ['vitrail', { symmetry: 'none' }],
  ['vitrail', { constructor: 1 }],
] as const)('%s refuses %o', (model, params) => {
  expect(() => parseParams(model, params)).toThrow(ParameterError);
});
