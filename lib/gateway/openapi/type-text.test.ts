import { expect, test } from 'vitest';
import { typeText } from './type-text';

test('schemas are written as TypeScript’s types', () => {
  expect(typeText({ type: ['string', 'null'] })).toBe('string | null');
  expect(typeText({ anyOf: [{ type: 'integer' }, { type: 'number' }, { type: 'null' }] })).toBe('number | null');
  expect(typeText({ type: 'array', items: { enum: ['a', 1] } })).toBe('("a" | 1)[]');
  expect(typeText({ type: 'array', prefixItems: [{ const: 'a' }, { $ref: '#/components/schemas/Run' }] })).toBe('["a", Run]');
  expect(typeText({ type: 'object', additionalProperties: { type: 'boolean' } })).toBe('Record<string, boolean>');
  expect(typeText({ type: 'object' })).toBe('Record<string, unknown>');
  expect(typeText({ type: 'object', properties: { 'a-b': { type: 'string' }, c: {} }, required: ['c'] })).toBe('{ "a-b"?: string; c: unknown }');
});
