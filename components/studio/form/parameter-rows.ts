import type { ParameterProperty, ParameterValue } from '@/lib/models/schema';

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

export const WHOLE = /^-?\d{1,9}$/;
export const rowKinds: Record<RowKind, string> = { integer: 'Whole number', choice: 'Choice', boolean: 'Yes or no', text: 'Text' };

export const choicesOf = ({ choices }: ParameterRow): string[] => [
  ...new Set(
    choices
      .split(',')
      .map((choice) => choice.trim())
      .filter(Boolean),
  ),
];

const starts: Record<RowKind, ParameterValue> = { integer: '1', choice: '', boolean: 'false', text: '' };
/** A row of this kind with nothing in it. */
export function emptyRow(kind: RowKind): ParameterRow {
  const range = kind === 'integer' ? { min: '1', max: '10' } : { min: '', max: '' };
  return { id: crypto.randomUUID(), name: '', kind, title: '', default: String(starts[kind]), ...range, step: '', choices: '' };
}
