import { expect, test } from 'vitest';
import { fieldsOf } from './fields-of';

test('fields inside objects, lists and what may be null are listed by their path', () => {
  const text = { type: 'string' };
  const inner = { type: 'object', properties: { b: text }, required: ['b'] };
  const schema = {
    type: 'object',
    required: ['plain'],
    properties: {
      plain: text,
      one: inner,
      many: { type: 'array', items: inner },
      maybe: { anyOf: [inner, { type: 'null' }] },
      named: { $ref: '#/x/Run' },
    },
  };
  expect(fieldsOf(schema).map(({ path, isRequired }) => `${path}${isRequired ? '' : '?'}`)).toEqual([
    ...['plain', 'one?', 'one.b', 'many?', 'many[].b', 'maybe?', 'maybe.b', 'named?'],
  ]);
});
