import type { ParameterProperty, ParameterSchema } from '@/lib/models/schema';
import { choicesOf, emptyRow, NEEDED, type ParameterRow, type RowKind, WHOLE } from './parameter-rows';
import { rowProblems } from './row-problems';

/** The schema of the rows that are complete. */
export function toSchema(rows: ParameterRow[]): ParameterSchema {
  const complete = rows.filter((row) => Object.keys(rowProblems(row, rows)).length === 0);
  return {
    type: 'object',
    properties: Object.fromEntries(complete.map((row, order) => [row.name, toProperty(row, order)])),
    additionalProperties: false,
  };
}

function toProperty(row: ParameterRow, order: number): ParameterProperty {
  const base = { ...row.kept, title: row.title.trim(), 'x-ui': { ...row.kept?.['x-ui'], order } };
  if (row.kind === 'boolean') return { ...base, type: 'boolean', default: row.default === 'true' };
  if (row.kind === 'picture')
    return { ...base, type: 'string', contentMediaType: 'image/png', default: '', ...(row.default === NEEDED && { minLength: 1 }) };
  if (row.kind === 'text') return { ...base, type: 'string', default: row.default };
  if (row.kind === 'integer') {
    const [minimum, maximum] = [Number(row.min), Number(row.max)];
    return { ...base, type: 'integer', default: Number(row.default), minimum, maximum, ...(row.step && { multipleOf: Number(row.step) }) };
  }
  const choices = choicesOf(row);
  const isNumeric = choices.every((choice) => WHOLE.test(choice));
  const value = (text: string): string | number => (isNumeric ? Number(text) : text);
  return { ...base, type: isNumeric ? 'integer' : 'string', default: value(row.default), enum: choices.map(value) };
}

/** The rows of an earlier version's schema. */
export function toRows({ properties }: ParameterSchema): ParameterRow[] {
  const order = (property: ParameterProperty) => property['x-ui']?.order ?? 0;
  return Object.entries(properties)
    .sort(([, a], [, b]) => order(a) - order(b))
    .map(([name, property]) => ({
      ...emptyRow(kindOf(property)),
      name,
      title: property.title,
      default: property.minLength ? NEEDED : String(property.default),
      min: numberText(property.minimum),
      max: numberText(property.maximum),
      step: numberText(property.multipleOf),
      choices: (property.enum ?? []).join(', '),
      kept: { ...(property.description && { description: property.description }), 'x-ui': property['x-ui'] },
    }));
}

const numberText = (value: number | undefined) => (value === undefined ? '' : String(value));

function kindOf({ type, enum: choices, contentMediaType }: ParameterProperty): RowKind {
  if (contentMediaType) return 'picture';
  if (choices) return 'choice';
  return ({ integer: 'integer', boolean: 'boolean', string: 'text' } as const)[type];
}
