import { type JsonSchema, nameOfRef } from './schema';

const PLAIN: Record<string, string> = { integer: 'number', number: 'number', string: 'string', boolean: 'boolean', null: 'null' };
const union = (texts: string[]) => [...new Set(texts)].join(' | ');
const inBrackets = (text: string) => (text.includes(' | ') ? `(${text})` : text);
/** A name as it stands in a TypeScript object. */
const key = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

/** A schema as a TypeScript type. `named`: what a schema that is named is called there. */
export function typeText(schema: JsonSchema, named: (name: string) => string = (name) => name): string {
  const { $ref, anyOf, oneOf, enum: choices, type } = schema;
  if ($ref) return named(nameOfRef($ref));
  if ('const' in schema) return JSON.stringify(schema.const);
  if (choices) return union(choices.map((choice) => JSON.stringify(choice)));
  if (anyOf ?? oneOf) return union((anyOf ?? oneOf ?? []).map((one) => typeText(one, named)));
  if (Array.isArray(type)) return union(type.map((one) => typeText({ ...schema, type: one }, named)));
  if (type === 'array') return arrayText(schema, named);
  if (type === 'object') return objectText(schema, named);
  return PLAIN[type ?? ''] ?? 'unknown';
}

function arrayText({ items, prefixItems }: JsonSchema, named: (name: string) => string): string {
  if (prefixItems) return `[${prefixItems.map((item) => typeText(item, named)).join(', ')}]`;
  return `${inBrackets(typeText(items ?? {}, named))}[]`;
}

function objectText({ properties, required = [], additionalProperties }: JsonSchema, named: (name: string) => string): string {
  if (!properties) return `Record<string, ${typeof additionalProperties === 'object' ? typeText(additionalProperties, named) : 'unknown'}>`;
  const fields = Object.entries(properties).map(([name, schema]) => `${key(name)}${required.includes(name) ? '' : '?'}: ${typeText(schema, named)}`);
  return fields.length === 0 ? 'Record<string, never>' : `{ ${fields.join('; ')} }`;
}
