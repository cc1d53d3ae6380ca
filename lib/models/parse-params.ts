import { AppError } from '@/lib/errors';
import { isStorable } from '@/lib/storable-text';
import type { ParameterProperty, ParameterSchema, ParameterValue, ParameterValues } from './schema';

function problemOf(property: ParameterProperty, value: ParameterValue): string | null {
  if (property.contentMediaType) {
    if (value === '' && property.minLength) return 'is needed: choose a picture to start from';
    return /^(|0x[0-9a-f]{64})$/.test(String(value)) ? null : 'is the content of a work or an upload';
  }
  if (property.enum && !property.enum.some((allowed) => allowed === value)) return `is one of ${property.enum.join(', ')}`;
  if (property.type === 'boolean') return typeof value === 'boolean' ? null : 'is true or false';
  if (property.type === 'string')
    return typeof value === 'string' && (property.enum || (value.length <= 200 && isStorable(value))) ? null : 'is a text of at most 200 characters';
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'is a whole number';
  const { minimum = -Infinity, maximum = Infinity, multipleOf = 1 } = property;
  if (value < minimum || value > maximum) return `is between ${minimum} and ${maximum}`;
  return value % multipleOf === 0 ? null : `is a multiple of ${multipleOf}`;
}

/** Checks given parameters against a version's schema and fills in the defaults. Throws `invalid_input` naming each field. */
export function parseParams(schema: ParameterSchema, given: ParameterValues): ParameterValues {
  const fields: Record<string, string> = {};
  for (const name of Object.keys(given)) if (!Object.hasOwn(schema.properties, name)) fields[name] = 'is not a parameter of this model';
  const entries = Object.entries(schema.properties).map(([name, property]): [string, ParameterValue] => {
    const value = Object.hasOwn(given, name) ? (given[name] ?? property.default) : property.default;
    const problem = problemOf(property, value);
    if (problem) fields[name] = problem;
    return [name, value];
  });
  if (Object.keys(fields).length > 0) {
    const first = Object.entries(fields)[0];
    throw new AppError('invalid_input', { details: { fields }, message: `“${first?.[0]}” ${first?.[1]}.` });
  }
  return Object.fromEntries(entries);
}
