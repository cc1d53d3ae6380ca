import type { ParameterProperty, ParameterSchema } from '@/lib/models/schema';

/** A setting with an order: where it stands between its ends is a number from 0 to 1. `values`: how many it can take. */
export type Dial = { name: string; title: string; values: number };

function valuesOf({ type, enum: choices, minimum, maximum, multipleOf = 1 }: ParameterProperty): number {
  if (choices) return choices.length;
  if (type === 'boolean') return 2;
  if (type !== 'integer' || minimum === undefined || maximum === undefined) return 0;
  return Math.floor((maximum - minimum) / multipleOf) + 1;
}

function placeOf({ enum: choices, minimum = 0, maximum = 1 }: ParameterProperty, value: unknown): number {
  if (choices) return Math.max(0, choices.map(String).indexOf(String(value))) / (choices.length - 1);
  if (typeof value === 'boolean') return value ? 1 : 0;
  return (Number(value) - minimum) / (maximum - minimum);
}

/** The settings of a model that can be turned, by name. */
export const dialsOf = ({ properties }: ParameterSchema): Dial[] =>
  Object.entries(properties)
    .map(([name, property]) => ({ name, title: property.title, values: valuesOf(property) }))
    .filter(({ values }) => values > 1)
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/** Where a run's settings stand on the dials, and the rest of them in one line. `paramsText`: as the receipt has it. */
export function readSettings(schema: ParameterSchema, paramsText: string): { dials: number[]; rest: string; contents: string[] } {
  const params = JSON.parse(paramsText) as Record<string, unknown>;
  const dials = dialsOf(schema);
  const turned = new Set(dials.map(({ name }) => name));
  const rest = Object.entries(params).filter(([name]) => !turned.has(name));
  return {
    dials: dials.map(({ name }) => placeOf(schema.properties[name] as ParameterProperty, params[name])),
    rest: JSON.stringify(rest),
    contents: rest.flatMap(([, value]) => (typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value) ? [value] : [])),
  };
}
