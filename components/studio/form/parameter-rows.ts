import type { ParameterProperty, ParameterSchema, ParameterValue } from '@/lib/models/schema';

export type RowKind = 'integer' | 'choice' | 'boolean' | 'text';
/** One parameter as its creator edits it; numbers are texts until they are whole. */
export type ParameterRow = {
  id: string;
  name: string;
  kind: RowKind;
  title: string;
  default: string;
  min: string;
  max: string;
  step: string;
  /** With commas between. */
  choices: string;
  /** What the editor has no field for, carried on from an earlier version. */
  kept?: Pick<ParameterProperty, 'description' | 'x-ui'>;
};

const NAME = /^[a-z][a-zA-Z0-9]{0,30}$/;
const WHOLE = /^-?\d{1,9}$/;
export const rowKinds: Record<RowKind, string> = { integer: 'Whole number', choice: 'Choice', boolean: 'Yes or no', text: 'Text' };

export const choicesOf = ({ choices }: ParameterRow): string[] => [
  ...new Set(
    choices
      .split(',')
      .map((choice) => choice.trim())
      .filter(Boolean),
  ),
];

/** What is wrong with a row, by its field; empty where nothing is. */
export function rowProblems(row: ParameterRow, others: ParameterRow[]): Partial<Record<keyof ParameterRow, string>> {
  const problems: Partial<Record<keyof ParameterRow, string>> = {};
  if (!NAME.test(row.name)) problems.name = 'begins with a small letter and has letters and digits only';
  else if (others.some(({ id, name }) => id !== row.id && name === row.name)) problems.name = 'is taken by another parameter';
  if (!row.title.trim()) problems.title = 'is needed';
  if (row.kind === 'integer') Object.assign(problems, rangeProblems(row));
  if (row.kind === 'choice') {
    if (choicesOf(row).length < 1) problems.choices = 'has at least one choice';
    else if (!choicesOf(row).includes(row.default)) problems.default = 'is one of the choices';
  }
  if (row.kind === 'text' && row.default.length > 200) problems.default = 'has at most 200 characters';
  return problems;
}

function rangeProblems({ min, max, step, default: start }: ParameterRow): Partial<Record<keyof ParameterRow, string>> {
  if (!WHOLE.test(min)) return { min: 'is a whole number' };
  if (!WHOLE.test(max)) return { max: 'is a whole number' };
  if (Number(max) <= Number(min)) return { max: 'is above the least' };
  if (step && !(WHOLE.test(step) && Number(step) > 0)) return { step: 'is a whole number above 0' };
  if (!WHOLE.test(start) || Number(start) < Number(min) || Number(start) > Number(max)) return { default: `is between ${min} and ${max}` };
  return step && Number(start) % Number(step) !== 0 ? { default: `is a multiple of ${step}` } : {};
}

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
      default: String(property.default),
      min: numberText(property.minimum),
      max: numberText(property.maximum),
      step: numberText(property.multipleOf),
      choices: (property.enum ?? []).join(', '),
      kept: { ...(property.description && { description: property.description }), 'x-ui': property['x-ui'] },
    }));
}

const numberText = (value: number | undefined) => (value === undefined ? '' : String(value));

function kindOf({ type, enum: choices }: ParameterProperty): RowKind {
  if (choices) return 'choice';
  return ({ integer: 'integer', boolean: 'boolean', string: 'text' } as const)[type];
}

const starts: Record<RowKind, ParameterValue> = { integer: '1', choice: '', boolean: 'false', text: '' };
/** A row of this kind with nothing in it. */
export function emptyRow(kind: RowKind): ParameterRow {
  const range = kind === 'integer' ? { min: '1', max: '10' } : { min: '', max: '' };
  return { id: crypto.randomUUID(), name: '', kind, title: '', default: String(starts[kind]), ...range, step: '', choices: '' };
}
