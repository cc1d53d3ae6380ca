import type { ParameterProperty, ParameterValue } from '@/lib/models/schema';

export type RowKind = 'integer' | 'choice' | 'boolean' | 'text' | 'picture';
/** One parameter as its creator edits it; numbers are texts until they are whole. */
export type ParameterRow = {
  id: string;
  name: string;
  kind: RowKind;
  title: string;
  /** Of a picture: `needed`, or nothing. */
  default: string;
  min: string;
  max: string;
  step: string;
  /** With commas between. */
  choices: string;
  /** What the editor has no field for, carried on from an earlier version. */
  kept?: Pick<ParameterProperty, 'description' | 'x-ui'>;
};

/** What a picture row says where there has to be one. */
export const NEEDED = 'needed';
export const WHOLE = /^-?\d{1,9}$/;
export const rowKinds: Record<RowKind, string> = {
  integer: 'Whole number',
  choice: 'Choice',
  boolean: 'Yes or no',
  text: 'Text',
  picture: 'Picture',
};

export const choicesOf = ({ choices }: ParameterRow): string[] => [
  ...new Set(
    choices
      .split(',')
      .map((choice) => choice.trim())
      .filter(Boolean),
  ),
];

const starts: Record<RowKind, ParameterValue> = { integer: '1', choice: '', boolean: 'false', text: '', picture: '' };
/** A row of this kind with nothing in it. */
export function emptyRow(kind: RowKind): ParameterRow {
  const range = kind === 'integer' ? { min: '1', max: '10' } : { min: '', max: '' };
  return { id: crypto.randomUUID(), name: '', kind, title: '', default: String(starts[kind]), ...range, step: '', choices: '' };
}
